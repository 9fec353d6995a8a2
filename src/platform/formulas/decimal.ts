/**
 * Exact decimals with twelve places, held as whole numbers of 10^-12: money times a rate must come out
 * to the fen as on paper, which binary fractions do not give.
 */
export type Decimal = bigint

const places = 12
const unit = 10n ** BigInt(places)
/** Beyond this a result is no amount or figure of a firm any more, and numbers in JSON lose digits. */
const most = 10n ** 15n * unit

/** Undefined for what is no plain decimal of at most twelve places. */
export const decimalOf = (text: string): Decimal | undefined => {
  const form = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/.exec(text)
  if (!form) return undefined
  const digits = BigInt(`${form[2]}${(form[3] ?? '').padEnd(places, '0')}`)
  return form[1] ? -digits : digits
}

/** A stored number has at most six places; what its binary form adds behind them falls away. */
export const ofNumber = (value: number): Decimal | null => {
  const text = String(value)
  return decimalOf(/e/i.test(text) ? value.toFixed(6) : text) ?? null
}

export const ofWhole = (value: number): Decimal => BigInt(Math.trunc(value)) * unit
export const ofFen = (value: number): Decimal => (BigInt(Math.trunc(value)) * unit) / 100n

export const times = (a: Decimal, b: Decimal) => bounded(rounded(a * b, unit))
export const over = (a: Decimal, b: Decimal) => (b === 0n ? null : bounded(rounded(a * unit, b)))
export const bounded = (value: Decimal): Decimal | null =>
  value > most || value < -most ? null : value

/** To so many places, halves away from zero, as money is rounded by hand. */
export const toPlaces = (value: Decimal, kept: number): Decimal => {
  const step = 10n ** BigInt(places - Math.min(Math.max(Math.trunc(kept), 0), places))
  return rounded(value, step) * step
}

/** As a number is stored: six places. */
export const toNumber = (value: Decimal): number => Number(rounded(value, unit / 1_000_000n)) / 1e6

export const toFen = (value: Decimal): number | null => {
  const fen = Number(rounded(value * 100n, unit))
  return Number.isSafeInteger(fen) ? fen : null
}

/** As a person writes it: no zeros at the end. */
export const toText = (value: Decimal): string => {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}${fraction && `.${fraction}`}`
}

const rounded = (value: bigint, by: bigint): bigint => {
  const whole = value / by
  const rest = value % by
  const twice = (rest < 0n ? -rest : rest) * 2n
  const size = by < 0n ? -by : by
  if (twice < size) return whole
  return value < 0n === by < 0n ? whole + 1n : whole - 1n
}
