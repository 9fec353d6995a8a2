import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayProblem } from './sayings.ts'

const problem = { row: 7, column: '电话', value: '12', level: 'error', reason: '' } as const

test('a problem is said in the words of the file of failed rows', () => {
  assert.equal(
    sayProblem('zh', { ...problem, reason: 'not_a_date', value: '八五年' }),
    '日期应像 2026-11-21，且确有这一天',
  )
  assert.equal(
    sayProblem('en', { ...problem, reason: 'duplicate_in_file', values: { row: 3 } }),
    'repeats row 3 with other content',
  )
})

test('a doubt is said as forms say it, with its figures', () => {
  const reason = 'phone_too_short'
  const words = sayProblem('zh', { ...problem, level: 'warning', reason, values: {} })
  assert.doesNotMatch(words, /phone_too_short/)
})

test('a row that is skipped is said to be skipped', () => {
  const skipped = { ...problem, level: 'warning' } as const
  assert.equal(
    sayProblem('zh', { ...skipped, reason: 'duplicate_in_file', values: { row: 3 } }),
    '与第 3 行相同，跳过',
  )
  assert.equal(
    sayProblem('zh', { ...skipped, reason: 'record_exists', values: { title: '青禾' } }),
    '已有「青禾」，跳过',
  )
})
