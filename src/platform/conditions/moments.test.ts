import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { anniversariesFrom, type Period, periodAround } from './moments.ts'

describe('periods around a day', () => {
  const cases: [Period, string, string, string][] = [
    ['today', '2026-12-31', '2026-12-31', '2027-01-01'],
    ['yesterday', '2027-01-01', '2026-12-31', '2027-01-01'],
    ['tomorrow', '2024-02-28', '2024-02-29', '2024-03-01'],
    ['this_week', '2026-11-22', '2026-11-16', '2026-11-23'],
    ['this_week', '2026-11-23', '2026-11-23', '2026-11-30'],
    ['last_week', '2027-01-01', '2026-12-21', '2026-12-28'],
    ['next_week', '2026-12-31', '2027-01-04', '2027-01-11'],
    ['this_month', '2026-02-28', '2026-02-01', '2026-03-01'],
    ['last_month', '2026-01-31', '2025-12-01', '2026-01-01'],
    ['next_month', '2026-12-31', '2027-01-01', '2027-02-01'],
    ['this_quarter', '2026-03-31', '2026-01-01', '2026-04-01'],
    ['last_quarter', '2026-02-01', '2025-10-01', '2026-01-01'],
    ['next_quarter', '2026-11-21', '2027-01-01', '2027-04-01'],
    ['this_year', '2024-02-29', '2024-01-01', '2025-01-01'],
    ['last_year', '2026-07-01', '2025-01-01', '2026-01-01'],
    ['next_year', '2026-07-01', '2027-01-01', '2028-01-01'],
  ]
  for (const [period, today, from, to] of cases)
    it(`${period} on ${today}`, () => assert.deepEqual(periodAround(period, today), [from, to]))
})

describe('anniversaries', () => {
  it('go over the turn of the year', () => {
    const found = anniversariesFrom('2026-12-30', 3)
    assert.deepEqual(found, [1230, 1231, 101, 102])
  })

  it('of 29 February are on the 28th where the year has no 29th', () => {
    assert.ok(anniversariesFrom('2026-02-28', 0).includes(229))
    assert.ok(!anniversariesFrom('2026-03-01', 300).includes(229))
    assert.ok(!anniversariesFrom('2028-02-28', 0).includes(229))
    assert.ok(anniversariesFrom('2028-02-28', 1).includes(229))
  })

  it('of a whole year are all of them, whatever the year', () => {
    for (const today of ['2026-03-01', '2027-11-21', '2028-02-29'])
      assert.equal(new Set(anniversariesFrom(today, 366)).size, 366)
  })
})
