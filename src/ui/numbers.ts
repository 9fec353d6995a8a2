import type { Locale } from '#platform/fields/field.ts'
import { numberFormat } from './formats.ts'

export type Count = { count: number; more: boolean }

const tags: Record<Locale, string> = { zh: 'zh-CN', en: 'en-GB' }

export const sayNumber = (value: number, locale: Locale) => numberFormat(tags[locale]).format(value)

/** A count that may have been cut off: `1,000+`. */
export const sayCount = ({ count, more }: Count, locale: Locale) =>
  `${sayNumber(count, locale)}${more ? '+' : ''}`

const steps = ['B', 'kB', 'MB', 'GB']

/** The size of a file, rounded as one says it: `820 B`, `64 kB`, `1.4 MB`. */
export const sayBytes = (bytes: number, locale: Locale) => {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), steps.length - 1)
  const value = bytes / 1000 ** step
  const digits = value < 10 && step > 1 ? 1 : 0
  return `${sayNumber(Number(value.toFixed(digits)), locale)} ${steps[step]}`
}
