import { halfWidth } from './halfWidth.ts'

const form = /^([+-]?)(?:¥|RMB|CNY)?\s*([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?\s*(万|亿)?元?$/i
// Decimal places a fen has when the figure is in yuan, ten thousands or hundred millions.
const places = new Map([
  ['', 2],
  ['万', 6],
  ['亿', 10],
])

/** An amount in fen as `¥1,234,567.50`; exact for every safe integer. */
export const formatMoney = (fen: number): string => {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}¥${yuan}.${digits.slice(-2)}`
}

/**
 * Reads an amount of yuan into fen, without floating point. Takes ¥, RMB, CNY, 元, thousands
 * commas, full width, 万 and 亿. Undefined for anything finer than a fen, misplaced commas, or
 * beyond the safe integers (some 90 万亿 yuan).
 */
export const readMoney = (text: string): number | undefined => {
  const found = form.exec(halfWidth(text).replaceAll('￥', '¥'))
  if (!found || (found[1] && found[2])) return undefined
  const decimals = found[4] ?? ''
  const scale = places.get(found[5] ?? '') ?? 2
  if (decimals.length > scale) return undefined
  const digits = `${found[3]?.replaceAll(',', '')}${decimals.padEnd(scale, '0')}`
  const fen = Number(digits)
  if (!Number.isSafeInteger(fen)) return undefined
  return found[1] === '-' || found[2] === '-' ? 0 - fen : fen
}
