import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isDate, readDate, readDateTime } from './dates.ts'
import { formatMoney, readMoney } from './money.ts'

// All of Unicode, the plain letters often, lone surrogates too.
const letter = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10ffff))
  .map((code) => String.fromCodePoint(code))

test('amounts are written with sign, thousands and two decimals', () => {
  assert.equal(formatMoney(123456750), '¥1,234,567.50')
  assert.equal(formatMoney(0), '¥0.00')
  assert.equal(formatMoney(5), '¥0.05')
  assert.equal(formatMoney(-100000), '-¥1,000.00')
  assert.equal(formatMoney(99999), '¥999.99')
})

test('amounts are read as people write them', () => {
  const cases: [string, number][] = [
    ['1234.5', 123450],
    ['¥1,234,567.50', 123456750],
    ['￥１，２３４．５０元', 123450],
    ['1.2万', 1200000],
    ['3.23亿元', 32300000000],
    ['0.000001万', 1],
    ['-12', -1200],
    ['¥-12', -1200],
    ['RMB 300', 30000],
    ['0.29', 29],
    ['-0', 0],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ]
  for (const [text, fen] of cases) assert.equal(readMoney(text), fen, text)
})

test('amounts that would need a guess are refused', () => {
  const refused = ['', '一千', '1.234', '1.2345678万', '1,23', '12,34.5', '1.', '.5', '--1', '-¥-1']
  for (const text of [...refused, '1e5', '90071992547409.92', '$5', '1 000', 'NaN']) {
    assert.equal(readMoney(text), undefined, text)
  }
})

test('reading a written amount gives the amount', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (fen) => {
      assert.equal(readMoney(formatMoney(fen)), fen)
    }),
  )
})

test('dates are read as people and spreadsheets write them', () => {
  const typings = [
    '2026/1/5',
    '2026-01-05',
    '2026.1.5',
    '2026年1月5日',
    '20260105',
    '２０２６／１／５',
  ]
  for (const text of [...typings, '2026年 1月 5日', '2026/1/5 0:00', ' 2026-01-05 00:00:00 ']) {
    assert.equal(readDate(text), '2026-01-05', text)
  }
  assert.equal(readDate('46027', { serial: true }), '2026-01-05')
  assert.equal(readDate('46027'), undefined)
  assert.equal(readDate('44565', { serial: 1904 }), '2026-01-05')
  assert.equal(readDate('46027', { serial: 'likely' }), '2026-01-05')
  for (const text of ['18263', '73051', '10000', '99999', '4602', '310012'])
    assert.equal(readDate(text, { serial: 'likely' }), undefined, text)
  assert.equal(readDate('18264', { serial: 'likely' }), '1950-01-01')
  assert.equal(readDate('73050', { serial: 'likely' }), '2099-12-31')
  assert.equal(readDate('5/1/2026', { order: 'day' }), '2026-01-05')
  assert.equal(readDate('1.5.2026', { order: 'month' }), '2026-01-05')
  assert.equal(readDate('25/12/2026', { order: 'month' }), undefined)
  assert.equal(readDate('1月5日', { year: 2026 }), '2026-01-05')
  assert.equal(readDate('2月29日', { year: 2026 }), undefined)
})

test('days that do not exist and guesses are refused', () => {
  const refused = ['2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '26-1-5', '1/5/2026']
  for (const text of [...refused, '2026-1', '昨天', '', '2026-01-05 12:30', '0001-01-01']) {
    assert.equal(readDate(text), undefined, text)
  }
  assert.equal(readDate('2024-02-29'), '2024-02-29')
})

test('times are China Standard Time unless they say otherwise', () => {
  const cases: [string, string][] = [
    ['2026-01-05 08:30', '2026-01-05T08:30:00+08:00'],
    ['2026/1/5 8:30:15', '2026-01-05T08:30:15+08:00'],
    ['2026年1月5日 8时30分', '2026-01-05T08:30:00+08:00'],
    ['2026年1月5日8时30分15秒', '2026-01-05T08:30:15+08:00'],
    ['2026/1/5 下午 3:20', '2026-01-05T15:20:00+08:00'],
    ['2026/1/5 12:05 AM', '2026-01-05T00:05:00+08:00'],
    ['2026-01-05', '2026-01-05T00:00:00+08:00'],
    ['2026-01-05T00:30:00Z', '2026-01-05T08:30:00+08:00'],
    ['2026-01-05T20:30:00.123-05:00', '2026-01-06T09:30:00+08:00'],
  ]
  for (const [text, moment] of cases) assert.equal(readDateTime(text), moment, text)
  assert.equal(readDateTime('46027.5', { serial: true }), '2026-01-05T12:00:00+08:00')
  for (const text of ['2026-01-05 25:00', '2026-01-05 12:60', '2026-01-05 下午 13:00', '12:30']) {
    assert.equal(readDateTime(text), undefined, text)
  }
})

const day = fc
  .date({ min: new Date('1000-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10))

test('every day is read back from every spelling', () => {
  fc.assert(
    fc.property(day, (date) => {
      const [year, month, dayOfMonth] = date.split('-').map(Number)
      assert.ok(isDate(date))
      assert.equal(readDate(date), date)
      assert.equal(readDate(`${year}年${month}月${dayOfMonth}日`), date)
      assert.equal(readDate(`${year}/${month}/${dayOfMonth}`), date)
      assert.equal(readDate(date.replaceAll('-', '')), date)
      assert.equal(readDateTime(readDateTime(date) ?? ''), `${date}T00:00:00+08:00`)
    }),
  )
})

test('no text makes the readers throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: letter, maxLength: 30 }), (text) => {
      readDate(text, { serial: true })
      readDateTime(text, { serial: true })
      readMoney(text)
    }),
  )
})
