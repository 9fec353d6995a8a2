import * as z from 'zod/mini'
import { readIdNumber } from '../china/idNumber.ts'
import { readPhone } from '../china/phone.ts'
import { choiceNamed } from './choices.ts'
import type { Choice, Column, Kind, Label, Options, Warning } from './field.ts'
import { fileList, fileShape } from './fileValue.ts'
import type { Machine } from './machine.ts'

type Codec<T> = {
  kind: Kind
  column: Column
  read: z.ZodMiniType<T>
  shape: z.ZodMiniType<T>
}

const define =
  <T, C extends Codec<T>>(codec: C) =>
  <const O extends Options>(options: O) => ({ ...codec, ...options })

/**
 * Control characters other than tab and newline break exports and terminals; PostgreSQL refuses NUL
 * and halves of characters. Marks without a width that come along with copied text hide from the
 * eye what search and comparison see; those of direction let a name read as another.
 */
const unseen = /[^\P{Cc}\t\n\r]|[\p{Cs}\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu
const clean = (value: string) => value.replace(unseen, '').trim()
const oneLine = (value: string) => clean(value).replace(/\s*[\r\n]+\s*/g, ' ')
const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const isDay = (value: string) => {
  const at = new Date(`${value}T00:00:00Z`)
  return day.test(value) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
}

/** Runs also on what was refused already, so it may not throw. */
const inUtc = (value: string) => {
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? value : at.toISOString()
}

const string = z.string()
/** One line as every field takes it, for what is no field: without characters nobody can see or store. */
export const line = (max: number) =>
  z.string({ error: 'not_text' }).check(z.overwrite(oneLine), z.maxLength(max, 'too_long'))

/** One line of text, at most `max` characters (200). */
export const text = <const O extends Options & { max?: number }>(options: O) =>
  ({
    kind: 'text',
    column: 'text',
    read: line(options.max ?? 200),
    shape: string,
    ...options,
  }) as const

/** Several lines of text, at most `max` characters (10,000). */
export const longText = <const O extends Options & { max?: number }>(options: O) =>
  ({
    kind: 'longText',
    column: 'text',
    read: z
      .string({ error: 'not_text' })
      .check(z.overwrite(clean), z.maxLength(options.max ?? 10_000, 'too_long')),
    shape: string,
    ...options,
    max: options.max ?? 10_000,
  }) as const

export const integer = define({
  kind: 'integer',
  column: 'int4',
  read: z
    .number({ error: 'not_a_number' })
    .check(
      z.int('not_an_integer'),
      z.minimum(-2_147_483_648, 'too_small'),
      z.maximum(2_147_483_647, 'too_large'),
    ),
  shape: z.number(),
} as const)

/** A number with at most six decimals; what stands in JSON is exact up to 15 digits. */
export const number = define({
  kind: 'number',
  column: 'numeric',
  read: z
    .number({ error: 'not_a_number' })
    .check(
      z.minimum(-1e15, 'too_small'),
      z.maximum(1e15, 'too_large'),
      z.multipleOf(1e-6, 'too_many_decimals'),
    ),
  shape: z.number(),
} as const)

/** An amount in fen, an exact integer: 1.00 yuan is 100. */
export const money = define({
  kind: 'money',
  column: 'int8',
  read: z.number({ error: 'not_a_number' }).check(z.int('not_fen')),
  shape: z.number(),
} as const)

/** A day without a time zone, `2026-11-21`. */
export const date = define({
  kind: 'date',
  column: 'date',
  read: z.string({ error: 'not_a_date' }).check(z.refine(isDay, 'not_a_date')),
  shape: string,
} as const)

/** An instant, ISO 8601 with an offset; stored and answered in UTC. */
export const dateTime = define({
  kind: 'dateTime',
  column: 'timestamptz',
  read: z.iso.datetime({ offset: true, error: 'not_an_instant' }).check(z.overwrite(inUtc)),
  shape: string,
} as const)

export const bool = define({
  kind: 'bool',
  column: 'bool',
  read: z.boolean({ error: 'not_a_boolean' }),
  shape: z.boolean(),
} as const)

/** One of a fixed set; the values become a union type. */
export const choice = <
  const V extends readonly { value: string; label: Label }[],
  const O extends Options,
>(
  choices: V,
  options: O,
) => {
  const shape = z.enum(choices.map((each) => each.value) as V[number]['value'][], 'not_a_choice')
  return { kind: 'choice', column: 'text', read: shape, shape, choices, ...options } as const
}

/**
 * One of a shared list that administrators keep, or any other words: a name of the list becomes its
 * value, so that renaming it changes no record; what the list does not know stays as it was written.
 */
export const word = <const O extends Options & { dictionary: string; max?: number }>(options: O) =>
  ({
    ...wordOf([], options.max),
    kind: 'choice',
    column: 'text',
    shape: string,
    open: true,
    ...options,
    max: options.max ?? 60,
  }) as const

/** The part of a word that follows from the entries of its list. */
export const wordOf = (choices: readonly Choice[], max = 60) => ({
  choices,
  read: line(max).check(z.overwrite((text) => choiceNamed(choices, text)?.value ?? text)),
})

/** One stage of a way; administrators shape the stages and moves, this is how they begin. */
export const stage = <const O extends Options>(machine: Machine, options: O) =>
  ({
    ...stageOf(machine),
    kind: 'choice',
    column: 'text',
    shape: string,
    builtIn: machine.stages.map(({ value }) => value),
    ...options,
  }) as const

/** The part of a stage field that follows from its machine. */
export const stageOf = (machine: Machine) => ({
  machine,
  choices: machine.stages,
  read: oneOf(machine.stages),
})

/** Any value of a list that may grow. */
export const oneOf = (choices: readonly Choice[]): z.ZodMiniType<string> =>
  z.enum(choices.map(({ value }) => value) as [string, ...string[]], 'not_a_choice')

/** Several of a fixed set, in the order they were chosen. */
export const choices = <
  const V extends readonly { value: string; label: Label }[],
  const O extends Options,
>(
  options: V,
  more: O,
) => {
  const one = z.enum(options.map((each) => each.value) as V[number]['value'][], 'not_a_choice')
  const read = z
    .array(one, { error: 'not_a_list' })
    .check(z.overwrite((list) => [...new Set(list)]))
  return {
    kind: 'choices',
    column: '_text',
    read,
    shape: z.array(z.string()),
    choices: options,
    ...more,
  } as const
}

/** Short labels, at most 50 of 40 characters; order kept, repeats dropped. */
export const tags = define({
  kind: 'tags',
  column: '_text',
  read: z.array(line(40).check(z.minLength(1, 'empty')), { error: 'not_a_list' }).check(
    z.maxLength(50, 'too_many'),
    z.overwrite((list: string[]) => [...new Set(list)]),
  ),
  shape: z.array(string),
} as const)

const phoneNumber = z.string({ error: 'not_text' }).check(
  z.overwrite((value) => readPhone(value).value),
  z.minLength(3, 'phone_too_short'),
  z.maxLength(32, 'too_long'),
)

export const phone = define({
  kind: 'phone',
  column: 'text',
  read: phoneNumber,
  shape: string,
} as const)

/** Several phone numbers, the first one is the one to call. */
export const phones = define({
  kind: 'phones',
  column: '_text',
  read: z.array(phoneNumber, { error: 'not_a_list' }).check(
    z.maxLength(10, 'too_many'),
    z.overwrite((list: string[]) => [...new Set(list)]),
  ),
  shape: z.array(string),
} as const)

export const email = define({
  kind: 'email',
  column: 'text',
  read: z.string({ error: 'not_text' }).check(
    z.overwrite((value) => oneLine(value.normalize('NFKC')).toLowerCase()),
    z.maxLength(254, 'too_long'),
    z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/, 'not_an_email'),
  ),
  shape: string,
} as const)

/** A web address; only http and https, so that it can be shown as a link. */
export const link = define({
  kind: 'link',
  column: 'text',
  read: line(2000).check(z.regex(/^https?:\/\/[^\s]+$/i, 'not_a_link')),
  shape: string,
} as const)

/** An identifier written in capitals and digits, half width, without spaces. */
export const code = define({
  kind: 'code',
  column: 'text',
  read: z.string({ error: 'not_text' }).check(
    z.overwrite((value) => value.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()),
    z.maxLength(40, 'too_long'),
  ),
  shape: string,
} as const)

/** A number that a kind of record gives itself, with the signs that its rule puts in. */
export const serial = define({
  kind: 'code',
  column: 'text',
  read: z.string({ error: 'not_text' }).check(
    z.overwrite((value) => value.normalize('NFKC').replace(/\s/g, '').toUpperCase()),
    z.maxLength(40, 'too_long'),
  ),
  shape: string,
} as const)

const digits = z.overwrite((value: string) => value.normalize('NFKC').replace(/[\s-]/g, ''))

const idNumberDoubt = (value: string): Warning | undefined => {
  const { problem } = readIdNumber(value, new Date().toISOString().slice(0, 10))
  return problem && { reason: `id_number_${problem}` }
}

/** A resident identity number (GB 11643); one that does not fit is stored with a doubt. */
export const idNumber = <const O extends Options>(options: O) =>
  ({
    kind: 'idNumber',
    column: 'text',
    read: z.string({ error: 'not_text' }).check(
      digits,
      z.overwrite((value) => value.toUpperCase()),
      z.regex(/^[0-9A-Z]{0,20}$/, 'not_an_id_number'),
    ),
    shape: string,
    check: idNumberDoubt,
    ...options,
    sensitivity: 'sensitive',
    encrypted: true,
  }) as const

/** The number of a bank account or card. */
export const bankAccount = <const O extends Options>(options: O) =>
  ({
    kind: 'bankAccount',
    column: 'text',
    read: z
      .string({ error: 'not_text' })
      .check(digits, z.regex(/^(\d{8,30})?$/, 'not_a_bank_account')),
    shape: string,
    ...options,
    sensitivity: 'sensitive',
    encrypted: true,
  }) as const

/** A code of GB/T 2260, 6 digits: province, city or county. */
export const region = define({
  kind: 'region',
  column: 'text',
  read: z.string({ error: 'not_text' }).check(z.regex(/^\d{6}$/, 'not_a_region')),
  shape: string,
} as const)

/** A person or a department: whole numbers of one sequence, within int4. */
export const principal = z
  .number({ error: 'not_a_number' })
  .check(z.int('not_an_integer'), z.minimum(1, 'too_small'), z.maximum(2_147_483_647, 'too_large'))

export const person = define({
  kind: 'person',
  column: 'int4',
  read: principal,
  shape: z.number(),
} as const)

export const department = define({
  kind: 'department',
  column: 'int4',
  read: principal,
  shape: z.number(),
} as const)

/** Files of the record, at most 20. */
export const file = define({
  kind: 'file',
  column: '_text',
  read: fileList,
  shape: z.array(fileShape),
} as const)

/** A sibling record of the same customer, by its id. */
export const reference = <const O extends Options & { to: string }>(options: O) =>
  ({
    kind: 'reference',
    column: 'uuid',
    read: z.uuid('not_an_id'),
    shape: string,
    ...options,
  }) as const
