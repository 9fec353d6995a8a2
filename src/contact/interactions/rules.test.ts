import assert from 'node:assert/strict'
import { it } from 'node:test'
import { problemsOf } from './rules.ts'

const now = '2026-11-18T02:00:00.000Z'
const cases: [string, Parameters<typeof problemsOf>[0], string[]][] = [
  ['nothing given', {}, []],
  ['long ago', { at: '2001-01-01T00:00:00Z' }, []],
  ['a day ahead', { at: '2026-11-19T02:00:00Z' }, []],
  ['a second more', { at: '2026-11-19T02:00:01Z' }, ['at']],
  ['ahead by its offset only', { at: '2026-11-19T09:59:00+08:00' }, []],
  ['no minutes', { minutes: 0 }, []],
  ['a whole day', { minutes: 1440 }, []],
  ['more than a day', { minutes: 1441 }, ['minutes']],
  ['less than nothing', { minutes: -1, at: '2027-01-01T00:00:00Z' }, ['at', 'minutes']],
]

for (const [name, given, paths] of cases)
  it(name, () =>
    assert.deepEqual(
      problemsOf(given, now).map((problem) => problem.path),
      paths,
    ),
  )
