import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { nextMonth } from './groupSource.ts'
import { monthsOf } from './months.ts'

const group = (value: string | null, count: number) => ({ value, count })

describe('months in a row', () => {
  it('show a gap as nothing, over the turn of a year, oldest first', () => {
    const { months, cut } = monthsOf([group('2026-02', 3), group(null, 9), group('2025-11', 1)], 60)
    assert.deepEqual(
      months.map(({ value, count, sum }) => [value, count, sum]),
      [
        ['2025-11', 1, undefined],
        ['2025-12', 0, 0],
        ['2026-01', 0, 0],
        ['2026-02', 3, undefined],
      ],
    )
    assert.equal(cut, false)
  })

  it('are none where no row has a day', () => {
    assert.deepEqual(monthsOf([group(null, 4)], 60), { months: [], cut: false })
  })

  it('keep the latest where there are too many, and say so', () => {
    const { months, cut } = monthsOf([group('1949-10', 1), group('2026-11', 2)], 12)
    assert.equal(months.length, 12)
    assert.deepEqual([months[0]?.value, months.at(-1)?.value], ['2025-12', '2026-11'])
    assert.equal(cut, true)
  })

  it('lose no row and follow each other, whichever months are found', () => {
    const month = fc
      .tuple(fc.integer({ min: 1990, max: 2030 }), fc.integer({ min: 1, max: 12 }))
      .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`)
    fc.assert(
      fc.property(fc.uniqueArray(month, { minLength: 1, maxLength: 30 }), (found) => {
        const { months } = monthsOf(
          found.map((value) => group(value, 1)),
          600,
        )
        assert.equal(
          months.reduce((sum, { count }) => sum + count, 0),
          found.length,
        )
        for (const [at, { value }] of months.entries())
          if (at > 0) assert.equal(value, nextMonth(months[at - 1]?.value ?? ''))
      }),
    )
  })
})
