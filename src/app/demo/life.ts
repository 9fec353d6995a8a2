import { addDays, daysBetween, meetingDay } from './calendar.ts'
import { between, chance, pick, type Random, weighted } from './random.ts'
import type { Beat, Chapter, Kind, Life, Template } from './template.ts'

/** One thing that happened, before it is put into words. */
export type Moment = {
  day: string
  /** Minutes after midnight. */
  minute: number
  chapter: Chapter
  /** Counts the chapters of this customer, so that the same one told twice is told apart. */
  story: number
  beat: Beat
}
export type Course = {
  start: string
  /** The day of the first deal, before the course for customers that were there already. */
  dealt?: string
  moments: Moment[]
  /** The day on which the running chapter goes on, after today. */
  ahead?: string
}
export type Subject = { kind: Kind; group?: string | undefined; birth?: string | undefined }

type Run = Course & {
  day: string
  story: number
  stopped: boolean
  complete: boolean
  told: Map<string, string>
  last?: string
}
type Teller = { template: Template; subject: Subject; life: Life; today: string; random: Random }

const careGap: [number, number] = [42, 108]
const oldest = 729

/**
 * What happens with one customer up to yesterday: chapters one after another along the path of a
 * life. A life that cannot be finished by today starts earlier.
 */
export const courseOf = (teller: Teller): Course => {
  const { life, random } = teller
  const [youngest, eldest] = life.age
  for (let tries = 0; tries < 60; tries += 1) {
    const least = Math.min(eldest, youngest + tries * 12)
    const run = live(teller, between(random, least, Math.max(least, Math.min(eldest, oldest))))
    if (isWhole(run, teller)) return run
  }
  throw new Error(`no room for the life ${life.key}`)
}

const isWhole = (run: Run, { life, today }: Teller) => {
  const last = run.moments.at(-1)
  if (!last) return life.path.length === 0
  if (life.path.length > 1 && !run.complete) return false
  return life.end === undefined || daysBetween(last.day, today) >= life.end
}

const live = (teller: Teller, age: number): Run => {
  const { life, today, random } = teller
  const start = meetingDay(addDays(today, -age), false)
  const run: Run = {
    ...{ start, day: start, story: 0, stopped: false, complete: true, moments: [] },
    told: new Map(),
    ...(life.dealt && { dealt: addDays(start, -between(random, ...life.dealt)) }),
  }
  for (const step of life.path) {
    if (run.stopped) run.complete &&= step.endsWith('*')
    else if (step.endsWith('*')) care(run, teller, step.slice(0, -1))
    else tellOne(run, teller, step)
  }
  return run
}

const tellOne = (run: Run, teller: Teller, role: string) => {
  const chapter = choose(run, teller, role, run.day)
  if (!chapter) throw new Error(`no chapter ${role} for ${teller.subject.kind}`)
  const gap = run.moments.length === 0 ? 0 : between(teller.random, ...(chapter.gap ?? careGap))
  tell(run, teller, chapter, addDays(run.day, gap))
  if (run.stopped) run.complete = false
}

/** Chapter after chapter until today. */
const care = (run: Run, teller: Teller, role: string) => {
  while (!run.stopped) {
    const reach = addDays(run.day, between(teller.random, ...(teller.life.gap ?? careGap)))
    const dated = anniversaryWithin(run, teller, role, reach)
    const day = dated?.day ?? reach
    const chapter = dated?.chapter ?? choose(run, teller, role, day)
    if (day >= teller.today) return
    if (chapter) tell(run, teller, chapter, day)
    else run.day = reach
  }
}

const tell = (run: Run, { today, random }: Teller, chapter: Chapter, from: string) => {
  run.story += 1
  run.told.set(chapter.key, from)
  run.last = chapter.key
  let day = from
  for (const [index, beat] of chapter.beats.entries()) {
    if (!chance(random, beat.chance)) continue
    const gap = index === 0 ? 0 : between(random, ...beat.after)
    day = meetingDay(addDays(day, gap), beat.weekend)
    if (day >= today) {
      run.stopped = true
      run.ahead = day
      return
    }
    const before = run.moments.at(-1)
    const minute = minuteOf(random, beat, before?.day === day ? before.minute : undefined)
    run.moments.push({ day, minute, chapter, story: run.story, beat })
    if (beat.stage === 'active') run.dealt ??= day
    run.day = day
  }
}

const choose = (
  run: Run,
  { template, subject, random, life }: Teller,
  role: string,
  day: string,
) => {
  const fitting = template.chapters.filter(
    (chapter) =>
      role.split('|').includes(chapter.role) &&
      !chapter.anniversary &&
      chapter.key !== run.last &&
      isFor(chapter, subject) &&
      isDue(chapter, run, day) &&
      (!chapter.needs || run.told.has(chapter.needs) || life.dealt !== undefined),
  )
  return fitting.length > 0 ? weighted(random, fitting, (each) => each.weight) : undefined
}

export const isFor = (
  each: { for?: Kind[] | undefined; groups?: string[] | undefined },
  subject: Subject,
) =>
  (!each.for || each.for.includes(subject.kind)) &&
  (!each.groups || (subject.group !== undefined && each.groups.includes(subject.group)))

const isDue = (chapter: Chapter, run: Run, day: string) => {
  const before = run.told.get(chapter.key)
  const since = run.dealt ? daysBetween(run.dealt, day) : -1
  const [least, most] = chapter.since ?? [-1, Number.POSITIVE_INFINITY]
  return (
    (!before || (!chapter.once && daysBetween(before, day) >= (chapter.every ?? 0))) &&
    since >= least &&
    since <= most &&
    (!chapter.months || chapter.months.includes(Number(day.slice(5, 7))))
  )
}

/** The first chapter tied to a yearly day that falls after the run's day and not after `reach`. */
const anniversaryWithin = (
  run: Run,
  { template, subject, random }: Teller,
  role: string,
  reach: string,
) => {
  const found = template.chapters.flatMap((chapter) => {
    if (!chapter.anniversary || chapter.role !== role || !isFor(chapter, subject)) return []
    const origin = chapter.anniversary.of === 'deal' ? run.dealt : subject.birth
    const day = origin && nextYearly(addDays(origin, -chapter.anniversary.before), run.day)
    const young = run.dealt !== undefined && day !== undefined && daysBetween(run.dealt, day) < 60
    return day && day <= reach && !young && isDue(chapter, run, day) ? [{ chapter, day }] : []
  })
  return found.length > 0 && chance(random, 0.9) ? pick(random, found) : undefined
}

/** The next day after `after` with the month and day of `origin`. */
export const nextYearly = (origin: string, after: string) => {
  const monthDay = origin.slice(4).replace('-02-29', '-02-28')
  const year = Number(after.slice(0, 4))
  return [`${year}${monthDay}`, `${year + 1}${monthDay}`].find((day) => day > after)
}

// Firms are met in office hours; where weekends count, the day is longer.
const minuteOf = (random: Random, beat: Beat, before?: number) => {
  if (before !== undefined) return Math.min(before + between(random, 35, 140), 1240)
  if (beat.weekend) return between(random, 9 * 60 + 10, beat.channel === 'wechat' ? 1260 : 1130)
  return chance(random, 0.45)
    ? between(random, 8 * 60 + 50, 11 * 60 + 40)
    : between(random, 13 * 60 + 20, 17 * 60 + 45)
}
