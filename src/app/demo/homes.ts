import {
  birthday,
  mailOf,
  mobileOf,
  type PersonName,
  personName,
  politely,
  wechatOf,
} from './names.ts'
import { common, type Making, type Party, type Profile, placeFor, unused } from './profile.ts'
import { between, chance, pick, some } from './random.ts'
import type { ContactValues } from './values.ts'

/** A person or a household. */
export const homeOf = (making: Making): Profile =>
  making.kind === 'household' ? householdOf(making) : personOf(making)

const personOf = (making: Making): Profile => {
  const { template, random, known, taken } = making
  const first = personName(random, template.names)
  const name = unused(taken, () => personName(random, template.names, first).name)
  const self = { ...first, name }
  const birth = birthday(random, self.born)
  return {
    kind: 'person',
    values: {
      ...common(making),
      ...homeValues(making),
      phones: [
        mobileOf(random, template.names),
        ...(known(0.12) ? [mobileOf(random, template.names)] : []),
      ],
      ...(known(0.25) && { email: mailOf(random, name, template.names) }),
      ...(known(0.55) && { wechat: wechatOf(random, name) }),
      gender: self.gender,
      ...(known(0.6) && {
        birth_date: birth,
        birthday_lunar: self.born < 1985 && chance(random, 0.3),
      }),
      ...(known(0.65) && { occupation: pick(random, template.words.occupations) }),
      ...(known(0.3) && {
        income_level: pick(random, ['low', 'middle', 'middle', 'upper', 'high'] as const),
      }),
      ...{ kind: 'person', name },
    },
    contacts: [],
    parties: [{ call: politely(self), gender: self.gender }],
  }
}

const householdOf = (making: Making): Profile => {
  const { template, random, taken } = making
  const first = personName(random, template.names, { born: between(random, 1964, 1993) })
  const second = personName(random, template.names, {
    gender: first.gender === 'male' ? 'female' : 'male',
    born: first.born + between(random, -3, 3),
  })
  const values = homeValues(making)
  const phone = mobileOf(random, template.names)
  const [house] = /^.+ 幢/.exec(values.address || '') ?? ['']
  const name = unused(taken, () => {
    if (house === '') return `${first.surname}家（${phone.slice(-4)}）`
    return `${politely(first)}家（${chance(random, 0.5) ? house : house.replace(/ .*/, '')}）`
  })
  const members = [first, ...(chance(random, 0.7) ? [second] : [])]
  return {
    kind: 'household',
    values: {
      ...common(making),
      ...values,
      phones: [phone],
      ...{ kind: 'household', name },
    },
    contacts: members.map((each, place) => memberOf(making, each, place)),
    parties: members.map(
      (each, place): Party => ({
        call: politely(each),
        gender: each.gender,
        contact: place,
      }),
    ),
  }
}

const homeValues = (making: Making) => {
  const { template, random, known, kind } = making
  const { region } = placeFor(making)
  const estate = pick(random, template.words.estates)
  const flat = `${estate} ${between(random, 1, 36)} 幢 ${between(random, 1, 26)}0${between(random, 1, 4)} 室`
  const note = pick(random, template.words.notes[kind])
  const preference = pick(random, template.words.preferences[kind])
  return {
    region,
    ...(known(0.9) && { address: flat }),
    ...(known(0.75) && { tags: some(random, template.words.tags[kind], between(random, 1, 2)) }),
    ...(known(0.4) && { hobbies: some(random, template.words.hobbies, between(random, 1, 3)) }),
    ...(known(0.4) && { preferences: preference }),
    ...(note !== '' && known(0.8) && { note }),
  }
}

const memberOf = (
  { template, random, known }: Making,
  person: PersonName,
  place: number,
): ContactValues => ({
  name: person.name,
  position: place === 0 ? '户主' : '配偶',
  decision_role: place === 0 ? 'decider' : 'influencer',
  phones: [mobileOf(random, template.names)],
  ...(known(0.5) && { wechat: wechatOf(random, person.name) }),
  ...(known(0.35) && { birth_date: birthday(random, person.born) }),
})
