import * as z from 'zod/mini'
import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'

const { fields } = customer
const person = contact.fields

/** What a customer of the demo data may bring, read by the fields' own codecs. */
export const customerValues = z.partial(
  z.strictObject({
    kind: fields.kind.read,
    name: fields.name.read,
    stage: fields.stage.read,
    phones: fields.phones.read,
    email: fields.email.read,
    wechat: fields.wechat.read,
    region: fields.region.read,
    address: fields.address.read,
    website: fields.website.read,
    source: fields.source.read,
    tags: fields.tags.read,
    credit_code: fields.credit_code.read,
    legal_representative: fields.legal_representative.read,
    industry: fields.industry.read,
    staff_count: fields.staff_count.read,
    business: fields.business.read,
    cooperation: fields.cooperation.read,
    billing_title: fields.billing_title.read,
    billing_details: fields.billing_details.read,
    gender: fields.gender.read,
    birth_date: fields.birth_date.read,
    birthday_lunar: fields.birthday_lunar.read,
    occupation: fields.occupation.read,
    income_level: fields.income_level.read,
    hobbies: fields.hobbies.read,
    habitual_brands: fields.habitual_brands.read,
    purchase_frequency: fields.purchase_frequency.read,
    purchase_time: fields.purchase_time.read,
    price_expectation: fields.price_expectation.read,
    preferences: fields.preferences.read,
    note: fields.note.read,
  }),
)

/** A contact of the demo data; its name is asked for where it is used. */
export const contactValues = z.strictObject({
  name: person.name.read,
  position: z.optional(person.position.read),
  decision_role: z.optional(person.decision_role.read),
  phones: z.optional(person.phones.read),
  email: z.optional(person.email.read),
  wechat: z.optional(person.wechat.read),
  birth_date: z.optional(person.birth_date.read),
  note: z.optional(person.note.read),
})

export type CustomerValues = z.infer<typeof customerValues>
export type ContactValues = z.infer<typeof contactValues>
