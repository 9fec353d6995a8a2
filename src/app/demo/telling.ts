import type { Random } from './random.ts'
import { shuffled } from './random.ts'

type Spoken = {
  /** The patterns of the beat. */
  patterns: readonly string[]
  /** Gives the words of a slot, undefined when they are not known here. */
  slot: (name: string) => string | undefined
  /** What the customer's record says already. */
  said: Set<string>
}

/**
 * Puts beats into words, one after another in the order of time. The patterns of a beat are dealt
 * like cards, all of them before one comes again; one whose slots are not all known is passed over,
 * as is a text that was just written or that this customer's record holds already, while there is
 * another.
 */
export const teller = (random: Random) => {
  const decks = new Map<readonly string[], readonly string[]>()
  let previous = ''
  return ({ patterns, slot, said }: Spoken): string => {
    const deck = decks.get(patterns) ?? []
    const rest = shuffled(random, patterns).filter((pattern) => !deck.includes(pattern))
    const known = [...deck, ...rest].flatMap((pattern) => {
      const text = filled(pattern, slot)
      return text === undefined ? [] : [{ pattern, text }]
    })
    const fresh =
      known.find(({ pattern, text }) => !said.has(pattern) && text !== previous) ??
      known.find(({ text }) => text !== previous && !said.has(text)) ??
      known.find(({ text }) => text !== previous)
    if (!fresh) throw new Error(`no words for ${patterns[0]}`)
    const left = deck.length > 1 ? deck : rest
    decks.set(
      patterns,
      left.filter((pattern) => pattern !== fresh.pattern),
    )
    said.add(fresh.pattern).add(fresh.text)
    previous = fresh.text
    return fresh.text
  }
}

/**
 * The pattern with its slots filled, a blank between Chinese and Latin letters or figures where
 * they meet, but none around dates; undefined when a slot is not known.
 */
export const filled = (pattern: string, slot: (name: string) => string | undefined) => {
  let whole = true
  const text = pattern.replace(
    /(.?)\{(\w+)\}(?=(.?))/gu,
    (_, before: string, name: string, after: string) => {
      const value = slot(name)
      whole &&= value !== undefined
      return value === undefined ? '' : before + spaced(before, value, after)
    },
  )
  return whole ? tight(text) : undefined
}

const spaced = (before: string, value: string, after: string) => {
  if (/^\d+月\d+日/.test(value)) return value
  const front = han.test(before) && latin.test(value.charAt(0)) ? ' ' : ''
  const back = latin.test(value.at(-1) ?? '') && han.test(after) ? ' ' : ''
  return front + value + back
}
// A blank of the pattern that came to stand between two Chinese signs.
const tight = (text: string) =>
  text.replace(/(?<=[\p{Script=Han}）”]) (?=[\p{Script=Han}（“])/gu, '')

const han = /\p{Script=Han}/u
const latin = /[A-Za-z0-9%]/
