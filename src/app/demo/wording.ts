import { addDays, daysBetween } from './calendar.ts'
import { plate, vin } from './codes.ts'
import { isFor, nextYearly, type Subject } from './life.ts'
import { between, pick, type Random } from './random.ts'
import type { Slot, Template } from './template.ts'

type Facts = Map<string, string | number>

/** What the notes on one customer say again and again: the same machine, the same car. */
export type Memory = {
  random: Random
  subject: Subject
  dealt?: string | undefined
  staff?: number | undefined
  kept: Facts
  chapters: Map<number, Facts>
}
type Asked = { memory: Memory; slots: readonly Slot[]; story: number; day: string }

export const memoryOf = (
  template: Template,
  start: Omit<Memory, 'kept' | 'chapters'>,
): { memory: Memory; slots: Slot[] } => ({
  memory: { ...start, kept: new Map(), chapters: new Map() },
  slots: template.slots.filter((slot) => isFor(slot, start.subject)),
})

/**
 * The words of a slot such as `{model}`: drawn once for the customer or for the chapter and kept,
 * or drawn anew each time. Undefined for a name no slot of this kind of customer has.
 */
export const fill = (name: string, asked: Asked): string | undefined => {
  const value = wordOf(name, asked)
  return typeof value === 'number' ? value.toLocaleString('en-US') : value
}

const wordOf = (name: string, asked: Asked): string | number | undefined => {
  const slot = asked.slots.find((each) =>
    'rows' in each ? each.rows.some((row) => name in row) : each.name === name,
  )
  if (!slot) return undefined
  const facts = factsFor(slot, asked)
  const known = facts.get(name)
  if (known !== undefined && !('perDay' in slot)) return known
  if ('rows' in slot) {
    for (const [key, value] of Object.entries(pick(asked.memory.random, slot.rows))) {
      facts.set(key, value)
    }
    return facts.get(name)
  }
  const value = draw(slot, facts, asked)
  if (!('perDay' in slot)) facts.set(name, value)
  return value
}

const factsFor = (slot: Slot, { memory, story }: Asked): Facts => {
  if (slot.keep === 'customer') return memory.kept
  if (slot.keep === 'none') return new Map()
  const facts = memory.chapters.get(story) ?? new Map()
  memory.chapters.set(story, facts)
  return facts
}

const draw = (
  slot: Exclude<Slot, { rows: unknown }>,
  facts: Facts,
  asked: Asked,
): string | number => {
  const { memory, day } = asked
  const { random, dealt } = memory
  if ('of' in slot)
    return pick(random, slot.of).replace(/\{(\w+)\}/g, (_, name) => fill(name, asked) ?? '')
  if ('from' in slot) return between(random, slot.from, slot.to, slot.step)
  if ('times' in slot)
    return price(slot.times.reduce((sum, each) => sum * numberOf(each, asked), 1))
  if ('staff' in slot) return memory.staff ?? 30
  if ('code' in slot) {
    const year = (dealt ?? day).slice(0, 4)
    return slot.code === 'vin'
      ? vin(random, year)
      : plate(random, wordOf('plates', asked) === 'green')
  }
  if ('dealt' in slot) return dealtText(slot.dealt, dealt ?? day, day)
  const rate = facts.get(slot.name) ?? between(random, ...slot.perDay)
  facts.set(slot.name, rate)
  return Math.max(30, Math.round((Number(rate) * daysBetween(dealt ?? day, day)) / 10) * 10)
}

const numberOf = (name: string, asked: Asked) => Number(wordOf(name, asked) ?? 0)

const price = (yuan: number) =>
  yuan < 10_000 ? `${yuan.toLocaleString('en-US')} 元` : `${Number((yuan / 10_000).toFixed(2))} 万`

const dealtText = (form: 'day' | 'anniversary', dealt: string, day: string) => {
  if (form === 'day') return dealt
  const next = nextYearly(addDays(dealt, -1), day) ?? dealt
  return `${Number(next.slice(5, 7))}月${Number(next.slice(8))}日`
}
