/** How a number is meant, as far as its text depends on it. */
export type CellFormat =
  | { kind: 'number' | 'percent' | 'date' | 'dateTime' | 'time' | 'elapsed' }
  | { kind: 'padded'; digits: number }

/** The formats that have a number but no code in the file (ECMA-376 Part 1, 18.8.30), with those of Chinese Excel. */
const builtIn: Record<CellFormat['kind'], number[]> = {
  number: [],
  padded: [],
  percent: [9, 10],
  date: [14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58],
  dateTime: [22],
  time: [18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56],
  elapsed: [46],
}

/** The format of a number format id; `code` is its code where the file defines one. */
export const formatOf = (id: number, code: string | undefined): CellFormat => {
  if (code !== undefined) return formatOfCode(code)
  for (const kind of ['percent', 'date', 'dateTime', 'time', 'elapsed'] as const) {
    if (builtIn[kind].includes(id)) return { kind }
  }
  return { kind: 'number' }
}

const formatOfCode = (code: string): CellFormat => {
  const positive = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';')[0] ?? ''
  if (/\[(?:h+|m+|s+)\]/i.test(positive)) return { kind: 'elapsed' }
  const bare = positive.replace(/\[[^\]]*\]/g, '')
  if (/general|通用格式/i.test(bare)) return { kind: 'number' }
  const hasTime = /[hs]/i.test(bare)
  // A lone m is the month; beside hours or seconds, minutes. e is the year, unless an exponent; aaa the weekday.
  const hasDate = /[yd]|e(?![+-])|a{3}/i.test(bare.replace(/am\/pm|a\/p/gi, ''))
  if (hasDate) return { kind: hasTime ? 'dateTime' : 'date' }
  if (hasTime) return { kind: 'time' }
  if (/m/i.test(bare)) return { kind: 'date' }
  if (bare.includes('%')) return { kind: 'percent' }
  if (/^0{2,}$/.test(bare)) return { kind: 'padded', digits: bare.length }
  return { kind: 'number' }
}

/**
 * A stored number as text: digits as they are, never 1.38E+10; dates and times as `YYYY-MM-DD`,
 * `YYYY-MM-DD HH:mm:ss`, `HH:mm:ss`; percent as `12.5%`; codes filled with zeros to the width shown.
 * Decimals and thousands separators of the format are left aside, so that nothing is rounded.
 */
export const showNumber = (stored: string, format: CellFormat, from1904: boolean): string => {
  const text = plainDecimal(stored)
  if (text === undefined) return stored
  switch (format.kind) {
    case 'number':
      return text
    case 'percent':
      return `${shifted(text, 2)}%`
    case 'padded':
      return /^\d+$/.test(text) ? text.padStart(format.digits, '0') : text
    default:
      return showMoment(Number(stored), format.kind, from1904) ?? text
  }
}

const decimal = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/

/**
 * A number in plain digits. Whole numbers keep every digit that is written: eighteen-digit codes do
 * not fit a double. Fractions beyond 15 digits are rounded as Excel does: 0.30000000000000004 is 0.3.
 */
const plainDecimal = (stored: string): string | undefined => {
  if (stored.length <= 15 && /^-?\d+$/.test(stored)) return stored
  const parts = decimal.exec(stored.trim())
  if (!parts?.[2] && !parts?.[3]) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const text = shifted(
    `${sign === '-' ? '-' : ''}${whole || '0'}${fraction && `.${fraction}`}`,
    Number(exponent),
  )
  const digits = text.replace(/[-.]/g, '').replace(/^0+/, '')
  if (!text.includes('.') || digits.length <= 15) return text
  const rounded = Number(text).toPrecision(15)
  const [mantissa = '', power = '0'] = rounded.split('e')
  return withoutEndZeros(shifted(mantissa, Number(power)))
}

/** A plain decimal times a power of ten, without arithmetic that rounds. */
const shifted = (text: string, places: number): string => {
  if (places === 0) return text
  const sign = text.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = text.slice(sign.length).split('.')
  const point = whole.length + places
  const digits = (whole + fraction).padStart(
    whole.length + fraction.length + Math.max(0, -point),
    '0',
  )
  const at = Math.max(point, 0)
  const left =
    digits
      .slice(0, at)
      .padEnd(at, '0')
      .replace(/^0+(?=\d)/, '') || '0'
  return withoutEndZeros(`${sign}${left}.${digits.slice(at)}`)
}

const withoutEndZeros = (text: string) => {
  const [whole = '', fraction = ''] = text.split('.')
  const kept = fraction.replace(/0+$/, '')
  return kept ? `${whole}.${kept}` : whole
}

const secondsOfDay = 86_400

/** Day and second of a serial number; undefined outside of what a spreadsheet shows as a date. */
const showMoment = (
  serial: number,
  kind: 'date' | 'dateTime' | 'time' | 'elapsed',
  from1904: boolean,
): string | undefined => {
  const total = Math.round(serial * secondsOfDay)
  if (total < 0) return undefined
  if (kind === 'elapsed') return showClock(total)
  const days = Math.floor(total / secondsOfDay)
  const clock = showClock(total % secondsOfDay)
  if (kind === 'time' && days === 0) return clock
  const day = showDay(from1904 ? days + 1462 : days)
  return kind === 'date' || day === undefined ? day : `${day} ${clock}`
}

const showClock = (seconds: number) =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')

/** The serial number of 31 December 9999. */
const lastDay = 2_958_465

/** Excel keeps the slip of Lotus 1-2-3 that 1900 had a 29 February, day 60; the days before count one less. */
const showDay = (days: number): string | undefined => {
  if (days < 1 || days > lastDay) return undefined
  if (days === 60) return '1900-02-29'
  const since1970 = days - 25_569 + (days < 60 ? 1 : 0)
  return new Date(since1970 * secondsOfDay * 1000).toISOString().slice(0, 10)
}
