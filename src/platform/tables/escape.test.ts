import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { escapeCell, unescapeCell } from './escape.ts'
import { anyText } from './testTables.ts'

test('what a spreadsheet would compute gets an apostrophe', () => {
  const active = [
    '=1+1',
    '+86-138',
    '-1+2',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    ' \u00A0=1',
    '\u3000＝1',
    '＋1',
    '－1',
    '＠a',
    '=',
    '-',
    '--1',
    '-1e5',
    '+1 2',
  ]
  for (const text of active) assert.equal(escapeCell(text), `'${text}`)
})

test('plain texts and plain numbers stay as they are', () => {
  const harmless = [
    '',
    ' ',
    '张三',
    '-12.5',
    '+8613800138000',
    '12',
    "it's",
    "'",
    "'a",
    'a=b',
    '（-1）',
  ]
  for (const text of harmless) assert.equal(escapeCell(text), text)
})

test('an apostrophe of the text itself survives', () => {
  for (const text of ["'=1", "''=1", "' =1", "'-5", "'\ta"]) {
    assert.equal(unescapeCell(escapeCell(text)), text)
  }
  assert.equal(unescapeCell("'张三"), "'张三")
  assert.equal(unescapeCell("'-5"), "'-5")
})

test('law: unescape undoes escape, and nothing escaped is active', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const escaped = escapeCell(text)
      assert.equal(unescapeCell(escaped), text)
      assert.doesNotMatch(escaped, /^\s*[=@＝＋－＠]|^[+-](?!\d+(?:\.\d+)?$)|^[\t\r\n]/)
    }),
    { numRuns: 2000 },
  )
})
