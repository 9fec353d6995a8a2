import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addDays, instant, isPublicHoliday, isWorkday, meetingDay, spoken } from './calendar.ts'

const zone = process.env.TZ
after(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

for (const place of ['America/Los_Angeles', 'UTC', 'Asia/Shanghai', 'Pacific/Kiritimati'])
  test(`working days are the same seen from ${place}`, () => {
    process.env.TZ = place
    assert.equal(isWorkday('2026-11-20'), true)
    assert.equal(isWorkday('2026-11-21'), false)
    assert.equal(isWorkday('2026-10-10'), true, 'a Saturday worked for the National Day')
    assert.equal(isPublicHoliday('2026-10-10'), false)
    assert.equal(isPublicHoliday('2026-10-01'), true)
    assert.equal(isPublicHoliday('2026-11-21'), false, 'a plain Saturday')
    assert.equal(meetingDay('2026-10-01', false), '2026-10-08')
    assert.equal(meetingDay('2026-11-21', true), '2026-11-21')
    assert.equal(instant('2026-11-21', 9 * 60), '2026-11-21T01:00:00.000Z')
    assert.equal(spoken(addDays('2026-11-30', 1)), '12月1日周二')
  })
