import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import * as f from './kinds.ts'

const name = f.text({ label: { zh: '名称', en: 'Name' } })
const cases: [what: string, given: string, kept: string][] = [
  ['a mark of direction that turns the rest around', '张\u202e三', '张三'],
  ['the mark that Windows puts before copied numbers', '\u202a13800138000\u202c', '13800138000'],
  ['spaces without a width', '\u200b李\u2060四\ufeff', '李四'],
  ['half a character', '王\ud800五', '王五'],
  ['NUL', '赵\u0000六', '赵六'],
]
for (const [what, given, kept] of cases)
  test(`text leaves out ${what}`, () => assert.equal(z.parse(name.read, given), kept))

test('text keeps what joins characters to one', () => {
  for (const kept of ['👨‍👩‍👧', '𠮷野家', 'Zoë', 'می‌خواهم'])
    assert.equal(z.parse(name.read, kept), kept)
})
