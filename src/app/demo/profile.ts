import type { Gender } from './names.ts'
import { between, pick, type Random, some, weighted } from './random.ts'
import type { Template } from './template.ts'
import type { ContactValues, CustomerValues } from './values.ts'

/** Somebody a note speaks of: `王经理`, `陈女士`. */
export type Party = {
  call: string
  gender: Gender
  decision?: ContactValues['decision_role']
  /** The place among the customer's contacts; none when it is the customer in person. */
  contact?: number
}
export type Kind = NonNullable<CustomerValues['kind']>
export type Profile = {
  kind: Kind
  /** Which places and words fit: a school has no workshop. */
  group?: string
  staff?: number
  values: CustomerValues & { kind: Kind; name: string }
  contacts: ContactValues[]
  parties: Party[]
}
/** What a profile is made from: how much is known depends on the life led with the customer. */
export type Making = {
  template: Template
  random: Random
  kind: Kind
  known: (share: number) => boolean
  taken: Set<string>
}

/** The values every kind of customer may have. */
export const common = ({ template, random, kind, known }: Making): CustomerValues => {
  const { words } = template
  return {
    ...(known(0.95) && { source: pick(random, words.sources[kind]) }),
    ...(known(0.5) && {
      habitual_brands: some(random, words.habitual_brands, between(random, 1, 2)),
    }),
    ...(known(0.4) && { purchase_frequency: pick(random, words.purchase_frequency) }),
    ...(known(0.4) && { purchase_time: pick(random, words.purchase_time) }),
    ...(known(0.55) && { price_expectation: pick(random, words.price_expectation[kind]) }),
  }
}

/** A region of the template and a house in one of its streets. */
export const placeFor = ({ template, random, kind }: Making) => {
  const regions = Object.entries(template.words.regions[kind])
  const [region] = weighted(random, regions, ([, often]) => often)
  const place = template.places[region]
  if (!place) throw new Error(`no streets for the region ${region}`)
  return { ...place, region, street: pick(random, place.streets) }
}

/** A name no other customer of these data has. */
export const unused = (taken: Set<string>, make: () => string): string => {
  for (let tries = 0; tries < 200; tries += 1) {
    const name = make()
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
  throw new Error('no name left')
}
