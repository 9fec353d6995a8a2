import assert from 'node:assert/strict'
import { it } from 'node:test'
import { holdRows } from './held.ts'

const day = (overdue: string, today = '', week = '') => ({
  overdue: rows(overdue),
  today: rows(today),
  week: rows(week),
})
const rows = (ids: string) => [...ids].map((id) => ({ id }))
const names = (shown: ReturnType<typeof day>) =>
  [shown.overdue, shown.today, shown.week].map((part) => part.map(({ id }) => id).join(''))

const cases = [
  ['stays where it was when it is done', day('abc'), day('ac'), 'b', ['abc', '', '']],
  ['stays alone in its part', day('', 'b'), day(''), 'b', ['', 'b', '']],
  ['stays in the part it was in, once', day('ab'), day('a', 'b'), 'b', ['ab', '', '']],
  ['stays the last of a part that lost others', day('abc'), day(''), 'c', ['c', '', '']],
  ['goes when nothing is typed', day('abc'), day('ac'), '', ['ac', '', '']],
  ['is new', day('a'), day('a', 'b'), 'b', ['a', 'b', '']],
] as const

for (const [what, before, now, held, shown] of cases)
  it(`a row ${what}`, () => {
    assert.deepEqual(names(holdRows(before, now, new Set(held))), shown)
  })
