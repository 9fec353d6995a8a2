import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fromCell, toCell } from './cell.ts'
import type { Field } from './field.ts'
import * as f from './kinds.ts'
import { joinList, splitList } from './listCell.ts'
import type { Directory } from './names.ts'

const label = { zh: '字段', en: 'Field' }
const directory: Directory = {
  people: [
    { id: 11, name: '王芳', username: 'wangfang', active: true },
    { id: 12, name: '李伟', username: 'liwei', email: 'li.wei@example.cn', active: true },
    { id: 13, name: '李伟', username: 'liwei2', active: true },
    { id: 14, name: '赵敏', username: 'zhaomin', active: false },
  ],
  departments: [
    { id: 20, name: '总部', parent_id: null },
    { id: 21, name: '销售部', parent_id: 20 },
    { id: 22, name: '华东', parent_id: null },
    { id: 23, name: '销售部', parent_id: 22 },
  ],
}
const stage = f.choice(
  [
    { value: 'prospect', label: { zh: '潜在', en: 'Prospect' } },
    { value: 'won_back', label: { zh: '挽回', en: 'Won back' } },
  ],
  { label },
)

const cases: [name: string, field: Field, text: string, value: unknown][] = [
  ['a Chinese label', stage, ' 潜在 ', 'prospect'],
  ['an English label in another case', stage, 'won BACK', 'won_back'],
  ['the value itself', stage, 'won_back', 'won_back'],
  ['yes', f.bool({ label }), '是', true],
  ['a tick', f.bool({ label }), '√', true],
  ['no, full width', f.bool({ label }), 'Ｎ', false],
  ['a figure with commas', f.integer({ label }), '1,200', 1200],
  ['a figure of a spreadsheet', f.integer({ label }), '12.0', 12],
  ['a figure with its counting word', f.integer({ label }), '50人', 50],
  ['a decimal with commas', f.number({ label }), '1,234.5', 1234.5],
  ['a share', f.number({ label }), '8.5%', 0.085],
  [
    'several choices',
    f.choices(stage.choices, { label }),
    '潜在，Won back',
    ['prospect', 'won_back'],
  ],
  ['yuan', f.money({ label }), '¥1,234.50', 123450],
  ['ten thousands', f.money({ label }), '1.5万', 1500000],
  ['a choice in 繁體', stage, '潛在', 'prospect'],
  ['a day above twelve', f.date({ label }), '25/12/2026', '2026-12-25'],
  ['a Chinese date', f.date({ label }), '2026年1月5日', '2026-01-05'],
  ['a time of China', f.dateTime({ label }), '2026/1/5 14:30', '2026-01-05T06:30:00.000Z'],
  ['tags with every separator', f.tags({ label }), 'a,b，c、d;e；f\ng', [...'abcdefg']],
  ['a quoted tag', f.tags({ label }), '"a,b"、"say ""hi"""', ['a,b', 'say "hi"']],
  [
    'two phones by a slash',
    f.phones({ label }),
    '13800138000/0571-88886666',
    ['13800138000', '0571-88886666'],
  ],
  ['an address without scheme', f.link({ label }), 'www.example.com', 'http://www.example.com'],
  ['a region by its names', f.region({ label }), '浙江省 杭州市 西湖区', '330106'],
  ['a region by its code', f.region({ label }), '330106', '330106'],
  ['a person by name', f.person({ label }), '王芳', 11],
  ['a person by username', f.person({ label }), 'LiWei2', 13],
  ['a person by both', f.person({ label }), '李伟（liwei）', 12],
  ['a person by e-mail', f.person({ label }), 'Li.Wei@example.cn', 12],
  ['a person by name and e-mail', f.person({ label }), '李伟 <li.wei@example.cn>', 12],
  ['a department by name', f.department({ label }), '华东', 22],
  ['a department by path', f.department({ label }), '华东/销售部', 23],
  ['an empty cell', f.text({ label, required: true }), '  ', null],
]

for (const [name, field, text, value] of cases)
  test(`reads ${name}`, () => assert.deepEqual(fromCell(field, text, directory), { value }))

const refusals: [field: Field, text: string, reason: string][] = [
  [stage, '成交', 'not_a_choice'],
  [f.bool({ label }), '也许', 'not_a_boolean'],
  [f.integer({ label }), '十二', 'not_a_number'],
  [f.number({ label }), '1.2.3', 'not_a_number'],
  [f.number({ label }), '.', 'not_a_number'],
  [f.choices(stage.choices, { label }), '潜在、成交', 'not_a_choice'],
  [f.integer({ label }), '1,20', 'not_a_number'],
  [f.integer({ label }), '9999999999', 'too_large'],
  [f.money({ label }), '1.234', 'not_an_amount'],
  [f.date({ label }), '2026-02-30', 'not_a_date'],
  [f.date({ label }), '45678', 'not_a_date'],
  [f.date({ label }), '5/1/2026', 'date_order_unclear'],
  [f.date({ label }), '1月5日', 'date_year_missing'],
  [f.dateTime({ label }), '5/1/2026 14:30', 'date_order_unclear'],
  [f.email({ label }), '不是邮箱', 'not_an_email'],
  [f.text({ label, max: 3 }), '一二三四', 'too_long'],
  [f.region({ label }), '火星', 'region_unknown'],
  [f.person({ label }), '李伟', 'person_ambiguous'],
  [f.person({ label }), '赵敏', 'person_unknown'],
  [f.department({ label }), '销售部', 'department_ambiguous'],
]

for (const [field, text, reason] of refusals)
  test(`refuses ${text} as ${reason}`, () => {
    const read = fromCell(field, text, directory)
    assert.equal('problem' in read && read.problem.reason, reason)
  })

test('names the people whom a name may mean', () => {
  const read = fromCell(f.person({ label }), '李伟', directory)
  assert.deepEqual('problem' in read && read.problem.values, {
    value: '李伟',
    names: '李伟（liwei）、李伟（liwei2）',
  })
})

test('a number in a spreadsheet cell may stand for a day', () => {
  const read = fromCell(f.date({ label }), '46027', directory, { serial: true })
  assert.deepEqual(read, { value: '2026-01-05' })
})

test('what a cell shows is read back as the same value, in both languages', () => {
  const values = fc.oneof(
    fc.tuple(fc.constant(stage), fc.constantFrom('prospect', 'won_back')),
    fc.tuple(fc.constant(f.bool({ label })), fc.boolean()),
    fc.tuple(fc.constant(f.integer({ label })), fc.integer()),
    fc.tuple(
      fc.constant(f.number({ label })),
      fc.integer({ min: -1e9, max: 1e9 }).map((millionths) => millionths / 1e6),
    ),
    fc.tuple(
      fc.constant(f.choices(stage.choices, { label })),
      fc.uniqueArray(fc.constantFrom('prospect', 'won_back'), { minLength: 1 }),
    ),
    fc.tuple(fc.constant(f.money({ label })), fc.maxSafeInteger()),
    fc.tuple(fc.constant(f.date({ label })), fc.constantFrom('1987-02-28', '2024-02-29')),
    fc.tuple(fc.constant(f.person({ label })), fc.constantFrom(11, 12, 13)),
    fc.tuple(fc.constant(f.department({ label })), fc.constantFrom(20, 21, 22, 23)),
    fc.tuple(
      fc.constant(f.region({ label })),
      fc.constantFrom('330106', '110101', '110100', '500000'),
    ),
  )
  fc.assert(
    fc.property(values, fc.constantFrom('zh' as const, 'en' as const), ([field, value], locale) => {
      const text = toCell(field, value, directory, locale)
      assert.deepEqual(fromCell(field, text, directory), { value })
    }),
  )
})

test('a time is shown and read back to the second', () => {
  const text = toCell(f.dateTime({ label }), '2026-11-20T16:05:06.000Z', directory, 'zh')
  assert.equal(text, '2026-11-21 00:05:06')
  const read = fromCell(f.dateTime({ label }), text, directory)
  assert.deepEqual(read, { value: '2026-11-20T16:05:06.000Z' })
})

test('a list of any texts is read back as it was', () => {
  const value = fc
    .string({ unit: fc.constantFrom(...'ab,，、;；/"\n 中1') })
    .map((text) => text.trim())
    .filter((text) => text !== '')
  fc.assert(
    fc.property(fc.array(value), fc.constantFrom('zh' as const, 'en' as const), (list, locale) => {
      assert.deepEqual(splitList(joinList(list, locale)), list)
      assert.deepEqual(splitList(joinList(list, locale), 'phones'), list)
    }),
  )
})
