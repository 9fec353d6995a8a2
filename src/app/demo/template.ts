import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import type { TemplateKey } from '#access/setup/rules.ts'
import { interaction } from '#contact/interactions/fields.ts'
import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import { contactValues, customerValues } from './values.ts'

const kind = customer.fields.kind.read
const words = z.array(z.string())
const span = z.tuple([z.number(), z.number()])
const byKind = z.record(kind, words)

const template = z.strictObject({
  organisation: z.string(),
  departments: z.array(
    z.strictObject({ key: z.string(), name: z.string(), parent: z.optional(z.string()) }),
  ),
  people: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      username: z.string(),
      department: z.string(),
      role: z.enum(['administrator', 'manager', 'staff', 'reader']),
      post: z.string(),
      owns: z.partialRecord(kind, z.number()),
    }),
  ),
  sources: words,
  tags: words,
})

const position = z.strictObject({
  position: z.string(),
  call: z.string(),
  decision: contact.fields.decision_role.read,
  gender: z.optional(customer.fields.gender.read),
})
const trade = z.strictObject({
  weight: z.number(),
  trade: z.string(),
  suffix: z.string(),
  industry: z.string(),
  staff: span,
  registry: z.string(),
  positions: z.string(),
  tags: words,
  business: words,
})

const customerWords = z.strictObject({
  mix: z.record(kind, z.number()),
  regions: z.record(kind, z.record(z.string(), z.number())),
  brand_words: words,
  trades: z.array(trade),
  positions: z.record(z.string(), z.array(position)),
  estates: words,
  occupations: words,
  hobbies: words,
  habitual_brands: words,
  purchase_frequency: words,
  purchase_time: words,
  price_expectation: byKind,
  preferences: byKind,
  cooperation: words,
  notes: byKind,
  tags: byKind,
  sources: byKind,
  banks: words,
  asset_note: z.optional(z.string()),
})

const scope = {
  for: z.optional(z.array(kind)),
  groups: z.optional(words),
  keep: z._default(z.enum(['customer', 'chapter', 'none']), 'chapter'),
}
const slot = z.union([
  z.strictObject({
    ...scope,
    rows: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  }),
  z.strictObject({ ...scope, name: z.string(), of: words }),
  z.strictObject({
    ...scope,
    name: z.string(),
    from: z.number(),
    to: z.number(),
    step: z.optional(z.number()),
  }),
  z.strictObject({ ...scope, name: z.string(), times: z.tuple([z.string(), z.string()]) }),
  z.strictObject({ ...scope, name: z.string(), perDay: span }),
  z.strictObject({ ...scope, name: z.string(), dealt: z.enum(['day', 'anniversary']) }),
  z.strictObject({ ...scope, name: z.string(), code: z.enum(['plate', 'vin']) }),
  z.strictObject({ ...scope, name: z.string(), staff: z.literal(true) }),
])

const beat = z.strictObject({
  channel: interaction.fields.channel.read,
  direction: z._default(interaction.fields.direction.read, 'out'),
  by: z._default(z.string(), 'owner'),
  with: z.optional(z.enum(['decider', 'buyer', 'user', 'finance'])),
  after: z._default(span, [0, 0]),
  chance: z._default(z.number(), 1),
  minutes: z.optional(span),
  weekend: z._default(z.boolean(), false),
  stage: z.optional(customer.fields.stage.read),
  text: words,
  next: z.optional(words),
  important: z._default(z.boolean(), false),
  urgent: z._default(z.boolean(), false),
})

const chapter = z.strictObject({
  key: z.string(),
  role: z.string(),
  for: z.array(kind),
  groups: z.optional(words),
  weight: z.number(),
  gap: z.optional(span),
  once: z.optional(z.boolean()),
  every: z.optional(z.number()),
  since: z.optional(span),
  needs: z.optional(z.string()),
  months: z.optional(z.array(z.number())),
  anniversary: z.optional(z.strictObject({ of: z.enum(['deal', 'birth']), before: z.number() })),
  beats: z.array(beat),
})

const life = z.strictObject({
  key: z.string(),
  share: z.number(),
  age: span,
  dealt: z.optional(span),
  path: words,
  end: z.optional(z.number()),
  gap: z.optional(span),
})

const stories = z.strictObject({ lives: z.array(life), chapters: z.array(chapter) })

const special = z.strictObject({
  kind,
  life: z.string(),
  /** Only what is written here, nothing invented around it. */
  bare: z.optional(z.boolean()),
  contacts: z.optional(z.array(contactValues)),
  /** How notes call the person or, in their order, the contacts. */
  parties: z.optional(
    z.array(z.strictObject({ call: z.string(), gender: z.enum(['male', 'female']) })),
  ),
  values: customerValues,
})

const names = z.strictObject({
  surnames: z.record(z.string(), z.number()),
  given: z.array(z.strictObject({ until: z.number(), male: words, female: words })),
  mobile_prefixes: words,
  mail_hosts: words,
})
const place = z.strictObject({ city: z.string(), area: z.string(), streets: words })

export type Kind = z.infer<typeof kind>
export type Slot = z.infer<typeof slot>
export type Beat = z.infer<typeof beat>
export type Chapter = z.infer<typeof chapter>
export type Life = z.infer<typeof life>
export type Special = z.infer<typeof special>
export type Names = z.infer<typeof names>
export type Position = z.infer<typeof position>
export type Trade = z.infer<typeof trade>

/** Reads an industry template from `templates/`; refuses data that does not fit with a zod error. */
export const readTemplate = (key: TemplateKey) => ({
  ...template.parse(json(`${key}/template.json`)),
  words: customerWords.parse(json(`${key}/customers.json`)),
  specials: z.array(special).parse(json(`${key}/special.json`)),
  ...z.strictObject({ slots: z.array(slot), idle_next: byKind }).parse(json(`${key}/words.json`)),
  ...stories.parse(json(`${key}/stories.json`)),
  names: names.parse(json('shared/names.json')),
  places: z.record(z.string(), place).parse(json('shared/places.json')),
})

export type Template = ReturnType<typeof readTemplate>

const json = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../templates/${path}`, import.meta.url), 'utf8'))
