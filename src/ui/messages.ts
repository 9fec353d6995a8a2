import type { Locale } from '#platform/fields/field.ts'

type Words = Record<string, string | ((...values: never[]) => string)>

/**
 * A dictionary. Chinese is the source: a key that English lacks or Chinese never had does not
 * compile, and a message with values takes the same values in both.
 */
export const messages = <T extends Words>(words: { zh: T; en: NoInfer<T> }): Record<Locale, T> =>
  words
