import * as z from 'zod/mini'
import { line } from './kinds.ts'

/** The name of something in both languages; without an English one the Chinese one serves. */
export const choiceLabel = z.strictObject({
  zh: line(40).check(z.minLength(1, 'required')),
  en: z._default(line(60), ''),
})

/**
 * What records store of a choice: it stays when the choice is called otherwise. A stage is also the name
 * of a property, so it may be none that every object has.
 */
export const choiceValue = z.string().check(
  z.regex(/^[a-z0-9_]{1,40}$/, 'not_a_value'),
  z.refine((value) => !(value in {}), 'not_a_value'),
)

/** A choice as an administrator keeps it. A retired one stays in old records and is offered no more. */
export const choiceShape = z.strictObject({
  value: choiceValue,
  label: choiceLabel,
  aliases: z.optional(z.array(line(60)).check(z.maxLength(30, 'too_many'))),
  retired: z.optional(z.boolean()),
})

export const choiceList = z
  .array(choiceShape)
  .check(z.minLength(1, 'required'), z.maxLength(500, 'too_many'))
