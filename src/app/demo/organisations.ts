import { creditCode, landline } from './codes.ts'
import { latin, mailOf, mobileOf, personName, wechatOf } from './names.ts'
import { common, type Making, type Party, type Profile, placeFor, unused } from './profile.ts'
import { between, chance, pick, shuffled, some, weighted } from './random.ts'
import type { Position, Trade } from './template.ts'
import type { ContactValues, CustomerValues } from './values.ts'

type Place = ReturnType<typeof placeFor>
type Member = { party: Party; values: ContactValues }

export const organisationOf = (making: Making): Profile => {
  const { template, random, known, taken } = making
  const trade = weighted(random, template.words.trades, (each) => each.weight)
  const place = placeFor(making)
  let brand = ''
  const name = unused(taken, () => {
    brand = pick(random, template.words.brand_words)
    return nameOf(brand, trade, place)
  })
  const staff = between(random, ...trade.staff)
  const members = membersOf(making, trade.positions)
  const code = creditCode(random, trade.registry, place.region)
  const head = members.find(({ party }) => party.decision === 'decider')?.values.name
  const phone = landline(random, place.area)
  const values: CustomerValues = {
    ...common(making),
    phones: [phone, ...(known(0.3) ? [mobileOf(random, template.names)] : [])],
    ...(known(0.5) && { email: `office@${latin(brand)}.example.cn` }),
    region: place.region,
    ...(known(0.9) && { address: `${place.street} ${between(random, 8, 1288)} 号` }),
    ...(known(0.35) && { website: `https://www.${latin(brand)}.example.com` }),
    tags: some(
      random,
      [...trade.tags, ...(known(0.4) ? [pick(random, template.words.tags.organisation)] : [])],
      3,
    ),
    ...(known(0.8) && { credit_code: code }),
    ...(known(0.6) && { legal_representative: head ?? personName(random, template.names).name }),
    industry: trade.industry,
    ...(known(0.75) && { staff_count: staff }),
    ...(known(0.7) && { business: pick(random, trade.business) }),
    ...(known(0.45) && { cooperation: pick(random, template.words.cooperation) }),
    ...(known(0.5) && {
      billing_title: name,
      billing_details: `税号 ${code}；${pick(random, template.words.banks)}；电话 ${phone}`,
    }),
  }
  const preference = pick(random, template.words.preferences.organisation)
  const note = pick(random, template.words.notes.organisation)
  return {
    kind: 'organisation',
    group: trade.positions,
    staff: Math.max(10, Math.round(staff / 10) * 10),
    values: {
      ...values,
      ...(known(0.45) && { preferences: preference }),
      ...(note !== '' && known(0.8) && { note }),
      ...{ kind: 'organisation', name },
    },
    contacts: members.map((each) => each.values),
    parties: members.map((each) => each.party),
  }
}

const nameOf = (brand: string, { trade, suffix, registry }: Trade, place: Place) => {
  if (registry === '31') return `${provinces[place.region.slice(0, 2)]}${brand}${trade}`
  if (registry === '91') return `${place.city}${brand}${trade}${suffix}`
  return `${place.city}市${brand.slice(0, 2)}${trade}`
}

// Law firms are named after the province, whose GB/T 2260 code these two digits are.
const provinces: Record<string, string> = {
  ...{ '11': '北京', '31': '上海', '32': '江苏', '33': '浙江', '43': '湖南' },
  ...{ '44': '广东', '50': '重庆', '51': '四川' },
}

const membersOf = (making: Making, group: string): Member[] => {
  const { template, random } = making
  const positions = template.words.positions[group] ?? []
  const count = Math.min(
    positions.length,
    weighted(random, [1, 2, 3, 4], (each) => [0, 2, 5, 4, 2][each] ?? 1),
  )
  const chosen = new Set(shuffled(random, positions).slice(0, count))
  return positions
    .filter((each) => chosen.has(each))
    .map((each, place) => memberOf(making, each, place))
}

const memberOf = (
  { template, random, known }: Making,
  position: Position,
  place: number,
): Member => {
  const gender = position.gender === 'unknown' ? undefined : position.gender
  const person = personName(random, template.names, { gender })
  return {
    party: {
      call: `${person.surname}${position.call}`,
      gender: person.gender,
      decision: position.decision,
      contact: place,
    },
    values: {
      name: person.name,
      position: position.position,
      decision_role: position.decision,
      phones: [mobileOf(random, template.names)],
      ...(known(0.35) && { email: mailOf(random, person.name, template.names) }),
      ...(known(0.4) && { wechat: wechatOf(random, person.name) }),
      ...(position.decision !== 'decider' &&
        chance(random, 0.15) && { note: '原联系人离职后由其接手' }),
    },
  }
}
