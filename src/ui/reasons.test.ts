import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { reasons, sayReason } from './reasons.ts'

const source = new URL('..', import.meta.url).pathname

/** The places where the code names a reason: a refusal, a field error, a check of a schema. */
const patterns = [
  /new AppError\(\s*'[a-z_]+',\s*'([a-z0-9_]+)'/g,
  /new Misread\([^()]*?, '([a-z_]+)'\)/g,
  /badField\([^()]*?,\s*'([a-z0-9_]+)'/g,
  /\b(?:error|reason|wrong): '([a-z0-9]+(?:_[a-z0-9]+)+)'/g,
  /\b(?:minLength|maxLength|regex|int|minimum|maximum|uuid|enum)\([^()]*, '([a-z0-9_]+)'\)/g,
  /\brefine\((?:[^()]|\([^()]*\))*, '([a-z0-9_]+)'\)/g,
]

// Words for a file that is no table and for why a task is in the day plan stand beside their rules;
// the reasons of a phone are told as warnings with `phone_` before them.
const elsewhere = [
  'ui/**',
  '**/testing/**',
  'platform/tables/**',
  'contact/dayplan/**',
  'platform/china/**',
]

const named = () => {
  const found = new Map<string, string>()
  const files = globSync('**/*.ts', { cwd: source, exclude: [...elsewhere] })
  for (const file of files.filter((name) => !name.endsWith('.test.ts'))) {
    const text = readFileSync(`${source}${file}`, 'utf8')
    for (const pattern of patterns)
      for (const [, reason] of text.matchAll(pattern)) if (reason) found.set(reason, file)
  }
  return found
}

test('every reason that the code names has words in both languages', () => {
  const found = named()
  assert.ok(
    found.size > 40,
    `only ${found.size} reasons found; the patterns no longer fit the code`,
  )
  const wordless = [...found].filter(([reason]) => !(reason in reasons.zh && reason in reasons.en))
  assert.deepEqual(wordless, [])
})

test('names that a refusal lists stand as the reader writes them', () => {
  const refusal = { reason: 'formula_field_ambiguous', values: { name: '甲', names: '甲、乙' } }
  assert.match(sayReason('zh', refusal), /甲、乙/)
  assert.match(sayReason('en', refusal), /甲, 乙/)
})

test('warnings about phones and credit codes have words', () => {
  for (const reason of [
    'phone_too_short',
    'phone_too_long',
    'phone_unassigned_prefix',
    'phone_area_code_missing',
    'phone_several_numbers',
    'phone_unlikely',
    'credit_code_length',
    'credit_code_character',
    'credit_code_check_digit',
    'credit_code_organisation_check',
  ])
    assert.ok(reason in reasons.zh, reason)
})

test('a slice brings sentences of its own', () => {
  const more = { file_is_pdf: { zh: '这是 PDF，共 {pages} 页', en: 'A PDF of {pages} pages' } }
  assert.equal(
    sayReason('zh', { reason: 'file_is_pdf', values: { pages: 3 } }, more),
    '这是 PDF，共 3 页',
  )
})

test('a message with figures says them', () => {
  const { phone_too_short } = reasons.zh
  assert.equal(phone_too_short({ missing: 1, expected: 11 }), '号码少 1 位，应为 11 位')
})
