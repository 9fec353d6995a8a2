import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fold, foldForReading } from './fold.ts'

// All of Unicode, the plain letters often, lone surrogates too.
const letter = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10ffff))
  .map((code) => String.fromCodePoint(code))

test('spellings of the same name are equal', () => {
  const same: [string, string][] = [
    ['臺灣積體電路製造股份有限公司', '台湾积体电路制造股份有限公司'],
    ['國際貿易', '国际贸易'],
    ['ＡＢＣ（上海）', 'abc(上海)'],
    ['ÀÉÎõü Straße', 'aeiou straße'],
    ['華為\u200b技術', '华为技术'],
    ['  重庆\t 长安\n', '重庆 长安'],
    ['㈱東芝', '(株)东芝'],
    ['ΑΣ', 'ασ'],
    ['ﬁne Ⅳ', 'fine iv'],
  ]
  for (const [one, other] of same) assert.equal(fold(one), fold(other))
  assert.notEqual(fold('重庆'), fold('重重'))
  assert.equal(fold('乾隆'), '干隆')
  assert.equal(foldForReading('乾隆國際'), '乾隆国际')
})

test('folding twice is folding once, for every character', () => {
  for (let code = 0; code < 0x32000; code += 1) {
    const once = fold(`a${String.fromCodePoint(code)}b`)
    assert.equal(fold(once), once, code.toString(16))
  }
})

test('folding is idempotent and gives text that PostgreSQL can store', () => {
  fc.assert(
    fc.property(fc.string({ unit: letter, maxLength: 40 }), (text) => {
      const once = fold(text)
      assert.equal(fold(once), once)
      assert.ok(once.isWellFormed() && !once.includes('\0'))
    }),
    { numRuns: 2000 },
  )
})
