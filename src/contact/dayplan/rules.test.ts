import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { endOfWeek, whyOf } from './rules.ts'

it('ends the week on the Sunday after its Monday', () => {
  assert.equal(endOfWeek('2026-11-16'), '2026-11-22')
  assert.equal(endOfWeek('2026-11-21'), '2026-11-22')
  assert.equal(endOfWeek('2026-11-22'), '2026-11-22')
  assert.equal(endOfWeek('2026-11-23'), '2026-11-29')
  assert.equal(endOfWeek('2026-12-31'), '2027-01-03')
  assert.equal(endOfWeek('2028-02-28'), '2028-03-05')
})

it('says for every day of a week why it is there, and how far away', () => {
  const day = fc.date({
    min: new Date('2000-01-01'),
    max: new Date('2100-01-01'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(day, fc.integer({ min: -400, max: 6 }), (at, offset) => {
      const today = at.toISOString().slice(0, 10)
      const due = new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10)
      const { reason, days } = whyOf(due, today)
      assert.equal(days, Math.abs(offset))
      assert.equal(reason === 'task_overdue', due < today)
      assert.equal(reason === 'task_due_today', due === today)
      assert.equal(reason === 'task_due_this_week', due > today)
    }),
  )
})
