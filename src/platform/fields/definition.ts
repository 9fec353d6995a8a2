import * as z from 'zod/mini'
import { choiceList, choiceShape, choiceLabel as label } from './choiceShape.ts'
import { setCustomFields } from './custom.ts'
import type { Entity } from './entity.ts'
import type { Field, Fields, Options } from './field.ts'
import * as f from './kinds.ts'
import { machineShape } from './machine.ts'
import { withEntries } from './shaped.ts'

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
  'file',
  'idNumber',
  'bankAccount',
  'formula',
] as const
/** Besides those, the number that a kind of record gives itself; one a kind. */
const kinds = [...customKinds, 'serial'] as const
export type CustomKind = (typeof kinds)[number]

/** What a formula may give. */
export const resultTypes = ['number', 'money', 'text', 'date', 'bool'] as const
export type ResultType = (typeof resultTypes)[number]

/** No order would mean anything, or its values are too long for an index. */
export const unsortable: readonly CustomKind[] = [
  'longText',
  'bool',
  'choices',
  'tags',
  'link',
  'file',
  'idNumber',
  'bankAccount',
]

/** The names that administrators give, see `isCustomName`. */
export const customName = z.string().check(z.regex(/^x_[a-z][a-z0-9_]{0,40}$/, 'not_a_field_name'))

export const dictionaryName = z.string().check(z.regex(/^[a-z][a-z0-9_]{0,40}$/, 'not_an_id'))

/** A field as data: what an administrator writes down, the server keeps and every client is told. */
export const definitionShape = z.strictObject({
  name: customName,
  kind: z.enum(kinds, 'not_a_choice'),
  label,
  help: z.optional(label),
  group: z.optional(f.line(40)),
  required: z.optional(z.boolean()),
  sort: z.optional(z.boolean()),
  search: z.optional(z.boolean()),
  list: z.optional(z.boolean()),
  sensitivity: z.optional(z.enum(['internal', 'personal', 'sensitive'], 'not_a_choice')),
  aliases: z.optional(z.array(f.line(40)).check(z.maxLength(20, 'too_many'))),
  max: z.optional(
    z
      .number()
      .check(z.int('not_an_integer'), z.minimum(1, 'too_small'), z.maximum(20_000, 'too_large')),
  ),
  choices: z.optional(choiceList),
  /** Of a choice: the shared list that is offered, in place of choices of its own. */
  dictionary: z.optional(dictionaryName),
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
export const fieldFrom = (definition: Definition): Field =>
  withEntries({ ...codecOf(definition), custom: true })

export const fieldsFrom = (definitions: readonly Definition[]): Fields =>
  Object.fromEntries(definitions.map((each) => [each.name, fieldFrom(each)]))

/** The fields of a kind of record with these added ones, whatever this process has loaded. */
export const fieldsWith = (entity: Pick<Entity, 'fields'>, definitions: readonly Definition[]) => ({
  ...Object.fromEntries(Object.entries(entity.fields).filter(([, field]) => !field.custom)),
  ...fieldsFrom(definitions),
})

/** Everything that administrators shaped, as the server tells it. */
export const shapedShape = z.object({
  version: z.number(),
  items: z.array(
    z.object({
      id: z.string(),
      entity: z.string(),
      position: z.number(),
      version: z.number(),
      definition: definitionShape,
    }),
  ),
  dictionaries: z.array(
    z.object({ id: z.string(), label, version: z.number(), entries: z.array(choiceShape) }),
  ),
  /** Null: the stages of this field are as the program brings them, or it has none any more. */
  machines: z.array(
    z.object({ id: z.string(), version: z.number(), machine: z.nullable(machineShape) }),
  ),
})
type Told = {
  version: number
  items: readonly { entity: string; definition: Definition }[]
  dictionaries: z.infer<typeof shapedShape>['dictionaries']
  machines: z.infer<typeof shapedShape>['machines']
}

/** Makes this what administrators shaped, in this process or this browser. */
export const takeDefinitions = ({ version, items, dictionaries, machines }: Told) =>
  setCustomFields(version, {
    fields: new Map(
      [...Map.groupBy(items, ({ entity }) => entity)].map(([entity, own]) => [
        entity,
        fieldsFrom(own.map(({ definition }) => definition)),
      ]),
    ),
    dictionaries: new Map(dictionaries.map(({ id, entries }) => [id, entries])),
    machines: new Map(machines.flatMap(({ id, machine }) => (machine ? [[id, machine]] : []))),
  })

const searchClass = { phone: 'phone', email: 'email', text: 'name', serial: 'number' } as const

const optionsOf = (definition: Definition): Options => {
  const { kind, label, help, group, required, sort, search, list, sensitivity, aliases, when } =
    definition
  const { dictionary } = definition
  const english = { ...label, en: label.en || label.zh }
  const searched =
    search && (kind === 'phone' || kind === 'email' || kind === 'text' || kind === 'serial')
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
    ...(dictionary && { dictionary }),
  }
}

const { integer, number, money, date, dateTime, bool, tags } = f
const { person, department, region, phone, email, link, file, idNumber, bankAccount } = f
const plain = {
  ...{ integer, number, money, date, dateTime, bool, tags },
  ...{ person, department, region, phone, email, link, file, idNumber, bankAccount },
}

const codecOf = (definition: Definition): Field => {
  const options = optionsOf(definition)
  const choices = (definition.choices ?? []).map((choice) => ({
    ...choice,
    label: { ...choice.label, en: choice.label.en || choice.label.zh },
  }))
  const max = definition.max === undefined ? {} : { max: definition.max }
  switch (definition.kind) {
    case 'text':
      return f.text({ ...options, ...max })
    case 'longText':
      return f.longText({ ...options, ...max })
    // Another server may have added a choice that this one learns of in a moment: any text is shown.
    case 'choice':
      return { ...f.choice(choices, options), shape: z.string() }
    case 'choices':
      return f.choices(choices, options)
    case 'serial': {
      const { required: _, ...rest } = options
      return f.serial({ ...rest, set: 'system', counted: { prefix: '', digits: 6 } })
    }
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
