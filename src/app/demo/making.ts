import { spoken } from './calendar.ts'
import { crewOf, keeperOf, type Person, type Role } from './cast.ts'
import { type Course, courseOf, type Moment } from './life.ts'
import type { Party, Profile } from './profile.ts'
import { profileOf } from './profiles.ts'
import type { Random } from './random.ts'
import { filled } from './telling.ts'
import type { Slot, Template } from './template.ts'
import { fill, type Memory, memoryOf } from './wording.ts'

/** One customer while it is being made. */
export type Making = Role & {
  profile: Profile
  keeper: Person
  /** Who acts for each post. */
  crew: Map<string, Person>
  course: Course
  memory: Memory
  slots: Slot[]
  /** For each moment of the course the day on which its next step is due. */
  dues: (string | undefined)[]
  said: Set<string>
}

export const makingOf = (
  template: Template,
  role: Role,
  { today, taken, random }: { today: string; taken: Set<string>; random: Random },
): Making => {
  const profile = profileOf({ ...role, template, random, taken })
  const keeper = keeperOf(template, role.kind, random)
  const { birth_date: born, birthday_lunar: lunar } = profile.values
  const birth = lunar ? undefined : born
  const subject = { kind: role.kind, group: profile.group, birth }
  const course = courseOf({ template, subject, life: role.life, today, random })
  return {
    ...role,
    ...{ profile, keeper, course, dues: [], said: new Set<string>() },
    crew: crewOf(template, keeper, random),
    ...memoryOf(template, { random, subject, dealt: course.dealt, staff: profile.staff }),
  }
}

export const writerOf = ({ keeper, crew }: Making, { beat }: Moment) =>
  beat.by === 'owner' ? keeper : (crew.get(beat.by) ?? keeper)

const decisions: Record<string, Party['decision'][]> = {
  decider: ['decider'],
  buyer: ['buyer'],
  user: ['user', 'influencer'],
  finance: ['gatekeeper'],
}

/** With whom it was: the contact with that part in the decision, else the first one. */
export const partyOf = ({ profile }: Making, { beat, story }: Moment): Party => {
  const wanted = decisions[beat.with ?? ''] ?? []
  const fitting = profile.parties.find((party) => wanted.includes(party.decision))
  const other = beat.with === undefined && story % 4 === 3 ? profile.parties[1] : undefined
  const party = fitting ?? other ?? profile.parties[0]
  return party ?? { call: profile.values.name, gender: 'male' }
}

/** The words of a slot at a moment; people of the firm are slots by their post. */
export const slotOf = (making: Making, moment: Moment, name: string, due?: string) => {
  const party = partyOf(making, moment)
  const colleague = making.crew.get(name)
  if (colleague) return colleague === writerOf(making, moment) ? undefined : colleague.name
  if (name === 'c') return party.call
  if (name === 'ta') return party.gender === 'male' ? '他' : '她'
  if (name === 'name') return making.profile.values.name
  if (name === 'due') return due && spoken(due)
  const { memory, slots } = making
  return fill(name, { memory, slots, story: moment.story, day: moment.day })
}

/** The customer's values with the stage its course led to and with the slots in them filled. */
export const valuesOf = (making: Making, { words }: Template, today: string): Profile['values'] => {
  const { profile, course, memory, slots } = making
  const asked = { memory, slots, story: 0, day: today }
  const slot = (name: string) => {
    const [party] = profile.parties
    if (name === 'c') return party?.call
    if (name === 'ta') return party?.gender === 'female' ? '她' : '他'
    return making.crew.get(name)?.name ?? fill(name, asked)
  }
  const asset = course.dealt && words.asset_note ? filled(words.asset_note, slot) : undefined
  const note = [asset, profile.values.note].filter((line) => line !== undefined).join('\n')
  const { preferences } = profile.values
  return {
    ...profile.values,
    stage: profile.values.stage ?? stageOf(course),
    ...(note !== '' && { note: filled(note, slot) ?? note }),
    ...(preferences && { preferences: filled(preferences, slot) ?? preferences }),
  }
}

/** The stage the last telling moment led to; who bought before the records begin is active. */
export const stageOf = ({ moments, dealt }: Course) =>
  moments.findLast(({ beat }) => beat.stage)?.beat.stage ?? (dealt ? 'active' : 'prospect')
