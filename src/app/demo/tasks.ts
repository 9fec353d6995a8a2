import { addDays, daysBetween, instant, isWorkday } from './calendar.ts'
import type { DemoTask } from './generate.ts'
import { type Making, slotOf, stageOf, writerOf } from './making.ts'
import { between, chance, pick, type Random, shuffled } from './random.ts'
import { filled } from './telling.ts'
import type { Template } from './template.ts'

type When = 'overdue' | 'today' | 'week' | 'later' | 'none'

// Out of a hundred customers in hand: what a day page should show without looking like a fire.
const shares: Record<When, number> = { overdue: 10, today: 8, week: 24, later: 26, none: 32 }
/** Of the next steps that were done, the part that somebody had written down as a task. */
const writtenDown = 0.32

/**
 * Sets for every moment when its next step is due: on the day it was done, or for the last moment
 * of a customer in hand somewhere around today.
 */
export const dueDates = (makings: Making[], today: string, random: Random) => {
  for (const making of makings) {
    const { moments } = making.course
    making.dues = moments.map(({ beat, story }, place) => {
      const next = moments[place + 1]
      return beat.next && next?.story === story ? next.day : undefined
    })
  }
  const open = shuffled(random, makings.filter(isInHand))
  const deck = Object.entries(shares).flatMap(([when, share]) =>
    Array<string>(Math.round((share * open.length) / 100)).fill(when),
  )
  for (const [place, making] of open.entries()) {
    const last = making.course.moments.length - 1
    making.dues[last] = dueOn(making, deck[place] ?? 'none', today, random)
  }
}

export const tasksOf = (making: Making, template: Template, random: Random): DemoTask[] => {
  const { moments } = making.course
  return moments.flatMap((moment, place) => {
    const due = making.dues[place]
    const next = moments[place + 1]
    if (!due || (next && !chance(random, writtenDown))) return []
    const titles = moment.beat.next ?? template.idle_next[making.kind]
    const slot = (name: string) => slotOf(making, moment, name, due)
    const known = titles.flatMap((title) => filled(title, slot) ?? [])
    if (known.length === 0) return []
    return [
      {
        title: pick(random, known),
        due_on: next ? addDays(due, pick(random, [0, 0, 0, 0, -1, 1])) : due,
        important: moment.beat.important || chance(random, 0.06),
        urgent: moment.beat.urgent,
        owner: (next ? writerOf(making, next) : making.keeper).key,
        ...(next && { done_at: instant(next.day, next.minute + between(random, 1, 9)) }),
        interaction: place,
      },
    ]
  })
}

const isInHand = ({ course }: Making) =>
  course.moments.length > 0 && !['lost', 'dormant'].includes(stageOf(course))

const dueOn = ({ course, kind }: Making, when: string, today: string, random: Random) => {
  const last = course.moments.at(-1)
  if (!last || when === 'none') return undefined
  const early = daysBetween(today, last.day) + 1
  if (when === 'overdue' && early < 0)
    return addDays(today, between(random, Math.max(early, -16), -1))
  if (when === 'today') return today
  if (when === 'later') {
    const planned = course.ahead && daysBetween(today, course.ahead) > 7 ? course.ahead : undefined
    return planned ?? workdayFor(kind, addDays(today, between(random, 8, 50)))
  }
  // Half of them before this week ends, as the day page counts weeks to their Sunday.
  const left = (7 - new Date(`${today}T00:00:00Z`).getUTCDay()) % 7
  const reach = left > 0 && chance(random, 0.5) ? left : 6
  return workdayFor(kind, addDays(today, between(random, 1, reach)))
}

const workdayFor = (kind: Making['kind'], day: string): string =>
  kind !== 'organisation' || isWorkday(day) ? day : workdayFor(kind, addDays(day, 1))
