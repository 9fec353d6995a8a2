import type { Locale } from '#platform/fields/field.ts'

export type Count = { count: number; more: boolean }

const tags: Record<Locale, string> = { zh: 'zh-CN', en: 'en-GB' }

export const sayNumber = (value: number, locale: Locale) =>
  new Intl.NumberFormat(tags[locale]).format(value)

/** A count that may have been cut off: `1,000+`. */
export const sayCount = ({ count, more }: Count, locale: Locale) =>
  `${sayNumber(count, locale)}${more ? '+' : ''}`
