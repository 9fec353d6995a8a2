import type { TemplateKey } from '#access/setup/rules.ts'
import { instant } from './calendar.ts'
import { castOf, type Person } from './cast.ts'
import type { Moment } from './life.ts'
import { type Making, makingOf, partyOf, slotOf, valuesOf, writerOf } from './making.ts'
import type { Profile } from './profile.ts'
import { between, chance, type Random, randomOf, seedOf } from './random.ts'
import { dueDates, tasksOf } from './tasks.ts'
import { teller } from './telling.ts'
import { readTemplate, type Template } from './template.ts'
import type { ContactValues } from './values.ts'

type DemoInteraction = {
  at: string
  channel: Moment['beat']['channel']
  direction: Moment['beat']['direction']
  summary: string
  person: string
  /** The place among the customer's contacts. */
  contact?: number
  minutes?: number
}
export type DemoTask = {
  title: string
  due_on: string
  important: boolean
  urgent: boolean
  owner: string
  done_at?: string
  /** The place among the customer's interactions of the one it came from. */
  interaction: number
}
export type DemoCustomer = {
  values: Profile['values']
  owner: string | null
  created_at: string
  contacts: ContactValues[]
  interactions: DemoInteraction[]
  tasks: DemoTask[]
}
export type Demo = {
  organisation: string
  departments: Template['departments']
  people: Pick<Person, 'key' | 'name' | 'username' | 'department' | 'role'>[]
  customers: DemoCustomer[]
}

/**
 * The demo data of an industry template: the same seed and day give the same bytes. Nothing lies
 * at or after `today` but the due days of open tasks.
 */
export const generateDemo = (asked: {
  template: TemplateKey
  seed: number
  /** `YYYY-MM-DD` */
  today: string
}): Demo => {
  const template = readTemplate(asked.template)
  const stream = (...name: (string | number)[]) => randomOf(seedOf(asked.seed, ...name))
  const taken = new Set(template.specials.flatMap(({ values }) => values.name ?? []))
  const makings = castOf(template, stream('cast')).map((role, place) =>
    makingOf(template, role, { today: asked.today, taken, random: stream('customer', place) }),
  )
  dueDates(makings, asked.today, stream('tasks'))
  const interactions = interactionsOf(makings, stream('words'))
  const customers = makings.map((making, place): DemoCustomer => {
    const random = stream('finish', place)
    return {
      values: valuesOf(making, template, asked.today),
      owner: isPooled(making, random) ? null : making.keeper.key,
      created_at: createdAt(making, random),
      contacts: making.profile.contacts,
      interactions: interactions.get(making) ?? [],
      tasks: tasksOf(making, template, random),
    }
  })
  return {
    organisation: template.organisation,
    departments: template.departments,
    people: template.people.map(({ post: _post, owns: _owns, ...person }) => person),
    customers: customers.sort((one, other) => (one.created_at < other.created_at ? -1 : 1)),
  }
}

/** Told in the order of time over all customers, so that no two neighbours in a list are alike. */
const interactionsOf = (makings: Making[], random: Random) => {
  const tell = teller(random)
  const told = new Map<Making, DemoInteraction[]>()
  const moments = makings
    .flatMap((making) => making.course.moments.map((moment, place) => ({ making, moment, place })))
    .sort((one, other) => (stamp(one.moment) < stamp(other.moment) ? -1 : 1))
  for (const { making, moment, place } of moments) {
    const { beat } = moment
    const party = partyOf(making, moment)
    const due = making.dues[place]
    const summary = tell({
      patterns: beat.text,
      slot: (name) => slotOf(making, moment, name, due),
      said: making.said,
    })
    const list = told.get(making) ?? []
    told.set(making, list)
    list.push({
      at: instant(moment.day, moment.minute),
      channel: beat.channel,
      direction: beat.direction,
      summary,
      person: writerOf(making, moment).key,
      ...(party.contact !== undefined && { contact: party.contact }),
      ...(beat.minutes && { minutes: between(random, ...beat.minutes) }),
    })
  }
  return told
}

const stamp = ({ day, minute }: Moment) => `${day} ${String(minute).padStart(4, '0')}`

const isPooled = ({ life }: Making, random: Random) =>
  ['fresh', 'silent', 'missed'].includes(life.key) && chance(random, 0.3)

const createdAt = ({ course }: Making, random: Random) => {
  const [first] = course.moments
  const early = first?.day === course.start ? first.minute - between(random, 2, 25) : undefined
  return instant(course.start, early ?? between(random, 540, 1040))
}
