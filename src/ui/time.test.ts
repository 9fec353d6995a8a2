import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addDays,
  daysBetween,
  fromLocalInput,
  fullDay,
  fullInstant,
  sayDay,
  sayDue,
  sayInstant,
  toLocalInput,
} from './time.ts'

const timeZone = 'Asia/Shanghai'
const now = new Date('2026-11-21T06:30:00Z')
const zh = { locale: 'zh', timeZone, now } as const
const en = { locale: 'en', timeZone, now } as const

test('an instant reads as the distance while it is near, then as a date', () => {
  const cases = [
    ['2026-11-21T06:29:40Z', '刚刚', 'Just now'],
    ['2026-11-21T06:18:00Z', '12 分钟前', '12 min ago'],
    ['2026-11-21T02:30:00Z', '4 小时前', '4 h ago'],
    ['2026-11-20T06:30:00Z', '昨天 14:30', 'Yesterday 14:30'],
    ['2026-11-20T17:00:00Z', '13 小时前', '13 h ago'],
    ['2026-11-11T06:30:00Z', '10 天前', '10 days ago'],
    ['2026-05-01T06:30:00Z', '5月1日', '1 May'],
    ['2025-05-01T06:30:00Z', '2025年5月1日', '1 May 2025'],
    ['2026-11-22T06:30:00Z', '明天 14:30', 'Tomorrow 14:30'],
  ] as const
  for (const [at, chinese, english] of cases) {
    assert.equal(sayInstant(at, zh), chinese)
    assert.equal(sayInstant(at, en), english)
  }
  assert.equal(fullInstant('2026-11-20T16:05:00Z', zh), '2026年11月21日 周六 00:05')
})

test('a day near today has a name, a late one says how late', () => {
  const today = '2026-11-21'
  assert.equal(sayDay('2026-11-22', today, 'zh'), '明天')
  assert.equal(sayDay('2026-11-25', today, 'zh'), '周三')
  assert.equal(sayDay('2026-12-25', today, 'zh'), '12月25日')
  assert.equal(sayDay('2027-01-02', today, 'zh'), '2027年1月2日')
  assert.equal(sayDue('2026-11-18', today, 'zh'), '逾期 3 天')
  assert.equal(sayDue('2026-11-20', today, 'en'), '1 day late')
  assert.equal(sayDue('2026-11-21', today, 'zh'), '今天')
  assert.equal(fullDay('2026-11-21', 'zh'), '2026年11月21日 周六')
  assert.equal(daysBetween('2026-02-27', '2026-03-02'), 3)
  assert.equal(addDays('2026-12-31', 1), '2027-01-01')
})

test('a wall clock keeps its instant, also across a change of the clock', () => {
  assert.equal(toLocalInput('2026-11-20T16:05:00.000Z', timeZone), '2026-11-21T00:05')
  assert.equal(fromLocalInput('2026-11-21T00:05', timeZone), '2026-11-20T16:05:00.000Z')
  for (const local of ['2026-03-29T01:59', '2026-03-29T04:00', '2026-10-25T12:00'])
    assert.equal(toLocalInput(fromLocalInput(local, 'Europe/Berlin') ?? '', 'Europe/Berlin'), local)
  assert.equal(fromLocalInput('', timeZone), undefined)
})
