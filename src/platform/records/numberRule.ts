import * as z from 'zod/mini'

/** How finely a number tells the day it was given. */
const datings = ['none', 'year', 'month', 'day'] as const
/** When the counter begins at 1 again. */
const resets = ['never', 'year', 'month', 'day'] as const

/** Text, date and counter: HT-2026110042. */
export const ruleShape = z.strictObject({
  prefix: z
    .string({ error: 'not_text' })
    .check(z.overwrite((text) => text.normalize('NFKC').toUpperCase()))
    .check(z.regex(/^[\p{L}\p{N}\-_/.#]{0,12}$/u, 'not_a_prefix')),
  dated: z.enum(datings, 'not_a_choice'),
  digits: z
    .number({ error: 'not_a_number' })
    .check(z.int('not_an_integer'), z.minimum(1, 'too_small'), z.maximum(10, 'too_large')),
  reset: z.enum(resets, 'not_a_choice'),
})
export type Rule = z.infer<typeof ruleShape>

const lengths = { none: 0, year: 4, month: 6, day: 8, never: 0 }

/** A counter that begins again must be told apart by the date in front of it. */
export const repeats = ({ dated, reset }: Rule) => lengths[reset] > lengths[dated]

/** The number as it is written; `today` is a day such as 2026-11-21. */
export const numberText = ({ prefix, dated, digits }: Rule, today: string, count: number) =>
  `${prefix}${today.replaceAll('-', '').slice(0, lengths[dated])}${String(count).padStart(digits, '0')}`

/** The part of the calendar in which one counter runs. */
export const periodOf = ({ reset }: Rule, today: string) =>
  today.replaceAll('-', '').slice(0, lengths[reset])
