import type { Label, Locale } from '#platform/fields/field.ts'
import { accessReasons } from './accessReasons.ts'
import { conditionReasons } from './conditionReasons.ts'
import { fieldReasons } from './fieldReasons.ts'
import { formulaReasons } from './formulaReasons.ts'
import { importReasons } from './importReasons.ts'
import { messages } from './messages.ts'
import type { ReasonValues } from './reasonValues.ts'
import { refusalReasons } from './refusalReasons.ts'
import { valueReasons } from './valueReasons.ts'

export type Refusal = { reason: string; values?: ReasonValues | undefined }

/** Every reason a refusal or a doubt can have: what is the matter, and the remedy. */
export const reasons = {
  zh: {
    ...valueReasons.zh,
    ...refusalReasons.zh,
    ...fieldReasons.zh,
    ...formulaReasons.zh,
    ...importReasons.zh,
    ...accessReasons.zh,
    ...conditionReasons.zh,
  },
  en: {
    ...valueReasons.en,
    ...refusalReasons.en,
    ...fieldReasons.en,
    ...formulaReasons.en,
    ...importReasons.en,
    ...accessReasons.en,
    ...conditionReasons.en,
  },
}

const unknown = messages({
  zh: { say: (reason: string) => `没有做成（${reason}）` },
  en: { say: (reason) => `That did not work (${reason})` },
})

const words: Record<Locale, Map<string, string | ((values: ReasonValues) => string)>> = {
  zh: new Map(Object.entries(reasons.zh)),
  en: new Map(Object.entries(reasons.en)),
}

/** Sentences of a slice's own, `{name}` standing for the value of that name. */
export type MoreReasons = Readonly<Record<string, Label>>

export const sayReason = (locale: Locale, refusal: Refusal, more: MoreReasons = {}) => {
  const { reason, values = {} } = refusal
  const own = more[reason]?.[locale]
  if (own) return own.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
  const word = words[locale].get(reason)
  if (!word) return unknown[locale].say(reason)
  return typeof word === 'string' ? word : word(locale === 'en' ? spaced(values) : values)
}

/** The server puts 、 between names whoever asks: a refusal is also kept, for readers of either language. */
const spaced = (values: ReasonValues): ReasonValues =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.replaceAll('、', ', ') : value,
    ]),
  )
