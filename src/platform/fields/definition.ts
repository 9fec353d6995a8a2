import * as z from 'zod/mini'
import { setCustomFields } from './custom.ts'
import type { Field, Fields, Options } from './field.ts'
import * as f from './kinds.ts'

const label = z.strictObject({
  zh: z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(40, 'too_long')),
  en: z._default(z.string().check(z.trim(), z.maxLength(60, 'too_long')), ''),
})

/** The kinds an administrator may add. */
export const customKinds = [
  'text',
  'longText',
  'integer',
  'number',
  'money',
  'date',
  'dateTime',
  'bool',
  'choice',
  'choices',
  'tags',
  'person',
  'department',
  'region',
  'phone',
  'email',
  'link',
  'formula',
] as const
export type CustomKind = (typeof customKinds)[number]

/** What a formula may give. */
export const resultTypes = ['number', 'money', 'text', 'date', 'bool'] as const
export type ResultType = (typeof resultTypes)[number]

/** No order would mean anything, or its values are too long for an index. */
export const unsortable: readonly CustomKind[] = ['longText', 'bool', 'choices', 'tags', 'link']

/** `x_` keeps the names of administrators and those of later versions apart. */
export const customName = z.string().check(z.regex(/^x_[a-z][a-z0-9_]{0,40}$/, 'not_a_field_name'))

/** A field as data: what an administrator writes down, the server keeps and every client is told. */
export const definitionShape = z.strictObject({
  name: customName,
  kind: z.enum(customKinds, 'not_a_choice'),
  label,
  help: z.optional(label),
  group: z.optional(z.string().check(z.maxLength(40, 'too_long'))),
  required: z.optional(z.boolean()),
  sort: z.optional(z.boolean()),
  search: z.optional(z.boolean()),
  list: z.optional(z.boolean()),
  sensitivity: z.optional(z.enum(['internal', 'personal', 'sensitive'], 'not_a_choice')),
  aliases: z.optional(
    z.array(z.string().check(z.maxLength(40, 'too_long'))).check(z.maxLength(20, 'too_many')),
  ),
  max: z.optional(
    z
      .number()
      .check(z.int('not_an_integer'), z.minimum(1, 'too_small'), z.maximum(20_000, 'too_large')),
  ),
  choices: z.optional(
    z
      .array(
        z.strictObject({
          value: z.string().check(z.regex(/^[a-z0-9_]{1,40}$/, 'not_a_value')),
          label,
        }),
      )
      .check(z.minLength(1, 'required'), z.maxLength(500, 'too_many')),
  ),
  /** Of kind `formula`: what is reckoned, with fields as 「name」, and what comes out. */
  formula: z.optional(z.string().check(z.maxLength(2000, 'too_long'))),
  result: z.optional(z.enum(resultTypes, 'not_a_choice')),
  when: z.optional(
    z.strictObject({
      field: z.string().check(z.maxLength(60)),
      in: z
        .array(z.string().check(z.maxLength(60)))
        .check(z.minLength(1, 'required'), z.maxLength(100, 'too_many')),
    }),
  ),
})
export type Definition = z.infer<typeof definitionShape>

/** The field that a definition describes, as every part of the product understands fields. */
export const fieldFrom = (definition: Definition): Field => ({
  ...codecOf(definition),
  custom: true,
})

export const fieldsFrom = (definitions: readonly Definition[]): Fields =>
  Object.fromEntries(definitions.map((each) => [each.name, fieldFrom(each)]))

/** Makes these the fields that administrators added, in this process or this browser. */
export const takeDefinitions = (
  version: number,
  items: readonly { entity: string; definition: Definition }[],
) => {
  const byEntity = Map.groupBy(items, ({ entity }) => entity)
  setCustomFields(
    version,
    new Map(
      [...byEntity].map(([entity, own]) => [
        entity,
        fieldsFrom(own.map(({ definition }) => definition)),
      ]),
    ),
  )
}

const searchClass = { phone: 'phone', email: 'email', text: 'name' } as const

const optionsOf = (definition: Definition): Options => {
  const { kind, label, help, group, required, sort, search, list, sensitivity, aliases, when } =
    definition
  const english = { ...label, en: label.en || label.zh }
  const searched =
    search && (kind === 'phone' || kind === 'email' || kind === 'text')
      ? searchClass[kind]
      : undefined
  return {
    label: english,
    ...(help && { help: { ...help, en: help.en || help.zh } }),
    ...(group && { group }),
    ...(required && { required }),
    ...(sort && { sort }),
    ...(searched && { search: searched }),
    ...(list && { list }),
    ...(sensitivity && { sensitivity }),
    ...(aliases && { aliases }),
    ...(when && { when }),
  }
}

const { integer, number, money, date, dateTime, bool, tags } = f
const { person, department, region, phone, email, link } = f
const plain = {
  ...{ integer, number, money, date, dateTime, bool, tags },
  ...{ person, department, region, phone, email, link },
}

const codecOf = (definition: Definition): Field => {
  const options = optionsOf(definition)
  const choices = (definition.choices ?? []).map(({ value, label }) => ({
    value,
    label: { ...label, en: label.en || label.zh },
  }))
  const max = definition.max === undefined ? {} : { max: definition.max }
  switch (definition.kind) {
    case 'text':
      return f.text({ ...options, ...max })
    case 'longText':
      return f.longText({ ...options, ...max })
    case 'choice':
      return f.choice(choices, options)
    case 'choices':
      return f.choices(choices, options)
    case 'formula':
      return resultOf(definition, options)
    default:
      return plain[definition.kind](options)
  }
}

const resultOf = ({ result = 'number', formula = '' }: Definition, options: Options): Field => {
  const { required: _, ...rest } = options
  const reckoned = { ...rest, formula, set: 'system' as const }
  return result === 'text' ? f.text({ ...reckoned, max: 2000 }) : plain[result](reckoned)
}
