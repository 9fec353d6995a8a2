import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { guessColumns } from './guessColumns.ts'
import { anyText } from './testTables.ts'

const candidates = [
  {
    key: 'name',
    names: ['客户名称', '名称', '姓名', '公司名称', 'Customer Name', 'Name', 'Company'],
  },
  { key: 'phone', names: ['手机号', '手机', '联系电话', '电话', 'Mobile', 'Phone', 'Tel'] },
  { key: 'email', names: ['邮箱', '电子邮件', 'E-mail'] },
  { key: 'contact', names: ['联系人', 'Contact'] },
  { key: 'credit_code', names: ['统一社会信用代码'] },
  { key: 'region', names: ['所在地区', '地区', 'Region'] },
]

const guess = (...header: string[]) => guessColumns(header, candidates)

test('titles as people write them', () => {
  const titles: [string, string | undefined][] = [
    ['手机号*（必填）', 'phone'],
    ['Mobile Phone', 'phone'],
    ['联系电话1', 'phone'],
    ['＊ 客 户 名 称：', 'name'],
    ['ＣＵＳＴＯＭＥＲ＿ＮＡＭＥ', 'name'],
    ['customerName', 'name'],
    ['EMAIL', 'email'],
    ['e_mail address', 'email'],
    ['联系人姓名', 'contact'],
    ['【必填】信用代码', 'credit_code'],
    ['地区(省/市/区)', 'region'],
    ['（手机）', 'phone'],
    ['\uFEFF名称', 'name'],
    ['hotel', undefined],
    ['username', undefined],
    ['备注', undefined],
    ['人', undefined],
    ['', undefined],
    ['（）', undefined],
  ]
  for (const [title, key] of titles) assert.deepEqual(guess(title), [key], title)
})

test('each key goes to the best title, the same name before a longer one', () => {
  assert.deepEqual(guess('联系电话2', '电话', '联系电话1'), [undefined, 'phone', undefined])
  assert.deepEqual(guess('联系电话1', '联系电话2'), ['phone', undefined])
  assert.deepEqual(guess('客户名称', '公司名称', '联系人'), ['name', undefined, 'contact'])
  assert.deepEqual(guess('Company Phone', 'Name'), ['phone', 'name'])
})

test('a key of many columns takes those whose title is or ends in its name', () => {
  const many = [{ key: 'phones', names: ['手机', '电话', 'Phone'], many: true }]
  const header = ['电话', '电话备注', '备用电话', '手机2', 'Phone note', 'Home Phone']
  assert.deepEqual(guessColumns(header, many), [
    'phones',
    undefined,
    'phones',
    'phones',
    undefined,
    'phones',
  ])
  assert.deepEqual(guessColumns(['电话备注'], many), ['phones'])
})

test('law: each key once, and only keys that there are', () => {
  const title = fc.oneof(anyText, fc.constantFrom(...candidates.flatMap(({ names }) => names)))
  fc.assert(
    fc.property(fc.array(title), (header) => {
      const guessed = guess(...header)
      assert.equal(guessed.length, header.length)
      const keys = guessed.filter((key) => key !== undefined)
      assert.equal(new Set(keys).size, keys.length)
      for (const key of keys) assert.ok(candidates.some((one) => one.key === key))
      assert.deepEqual(guess(...header), guessed)
    }),
  )
})
