import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatOf, showNumber } from './cellFormat.ts'

const shown = (stored: string, format: number | string = 0, from1904 = false) =>
  showNumber(
    stored,
    typeof format === 'number' ? formatOf(format, undefined) : formatOf(200, format),
    from1904,
  )

test('numbers come out in plain digits', () => {
  const cases: [stored: string, shown: string][] = [
    ['13800138000', '13800138000'],
    ['1.3800138E10', '13800138000'],
    ['1.1010119900307E+17', '110101199003070000'],
    ['110101199003078888', '110101199003078888'],
    ['1.10101199003078888e17', '110101199003078888'],
    ['1E-7', '0.0000001'],
    ['-2.5E-3', '-0.0025'],
    ['19.989999999999998', '19.99'],
    ['0.30000000000000004', '0.3'],
    ['1.1000000000000001E-8', '0.000000011'],
    ['12.50', '12.50'],
    ['-7', '-7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1E+22', '10000000000000000000000'],
    ['NaN', 'NaN'],
    ['1E9999', '1E9999'],
  ]
  for (const [stored, expected] of cases) assert.equal(shown(stored), expected, stored)
})

test('law: a double as any program writes it comes out as the same number without an exponent', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      for (const stored of [String(value), value.toExponential()]) {
        const text = shown(stored)
        assert.match(text, /^-?\d+(\.\d+)?$/)
        assert.ok(Math.abs(Number(text) - value) <= Math.abs(value) * 1e-14, `${stored} ${text}`)
      }
    }),
  )
})

test('dates come out by the number format', () => {
  const cases: [stored: string, format: number | string, shown: string][] = [
    ['45293', 14, '2024-01-02'],
    ['45293.127835648148', 22, '2024-01-02 03:04:05'],
    ['45293.5', 14, '2024-01-02'],
    [
      '45293',
      'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;'.replaceAll('&quot;', '"'),
      '2024-01-02',
    ],
    ['45293', '[$-804]yyyy年m月d日;@', '2024-01-02'],
    ['45293', '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '2024-01-02'],
    ['45293', '[DBNum1][$-804]yyyy"年"m"月";@', '2024-01-02'],
    ['45293', 'mmm', '2024-01-02'],
    ['45293', 'e年', '2024-01-02'],
    ['45293', '[$-804]aaaa;@', '2024-01-02'],
    ['45293', 31, '2024-01-02'],
    ['45293', 57, '2024-01-02'],
    ['45293.25', 'yyyy/m/d h:mm AM/PM', '2024-01-02 06:00:00'],
    ['0.75', 20, '18:00:00'],
    ['0.75', '上午/下午h"时"mm"分"', '18:00:00'],
    ['45293.75', 'h:mm', '2024-01-02 18:00:00'],
    ['1.26041666666667', 46, '30:15:00'],
    ['45292.999999999', 22, '2024-01-02 00:00:00'],
    ['1', 14, '1900-01-01'],
    ['59', 14, '1900-02-28'],
    ['60', 14, '1900-02-29'],
    ['61', 14, '1900-03-01'],
    ['2958465', 14, '9999-12-31'],
    ['2958466', 14, '2958466'],
    ['-1', 14, '-1'],
    ['0', 14, '0'],
  ]
  for (const [stored, format, expected] of cases)
    assert.equal(shown(stored, format), expected, `${stored} ${format}`)
  assert.equal(shown('43831', 14, true), '2024-01-02')
  assert.equal(shown('0.5', 14, true), '1904-01-01')
})

test('formats that only look like dates stay numbers', () => {
  const formats = [
    'General',
    'G/通用格式',
    '0.00E+00',
    '#,##0.00',
    '[Red]-0.0',
    '0"days"',
    '0\\d',
    '@',
  ]
  for (const format of [...formats, '[$¥-804]#,##0.00;[Red]-0.0', '_-* #,##0_-', '#,##0 元'])
    assert.equal(shown('45293.5', format), '45293.5', format)
})

test('percent and codes with leading zeros come out as they are seen', () => {
  assert.equal(shown('0.125', 10), '12.5%')
  assert.equal(shown('0.28999999999999998', '0%'), '29%')
  assert.equal(shown('1', 9), '100%')
  assert.equal(shown('-0.005', 9), '-0.5%')
  assert.equal(shown('123', '00000'), '00123')
  assert.equal(shown('1234567', '00000'), '1234567')
  assert.equal(shown('1.5', '000'), '1.5')
})
