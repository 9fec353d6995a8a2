import { halfWidth } from '../china/halfWidth.ts'
import type { Choice } from './field.ts'

/** The choice that a person means by its value, its name in either language or another word for it. */
export const choiceNamed = (choices: readonly Choice[], text: string): Choice | undefined => {
  const wanted = folded(text)
  return (
    choices.find(({ value }) => value === text) ??
    choices.find((each) => wordsOf(each).some((word) => folded(word) === wanted))
  )
}

/** What a form offers: what is in use, and what the record holds already. */
export const offered = (choices: readonly Choice[] = [], held: unknown = null): Choice[] => {
  const kept = [held].flat()
  return choices.filter(({ value, retired }) => !retired || kept.includes(value))
}

const wordsOf = ({ value, label, aliases = [] }: Choice) => [value, label.zh, label.en, ...aliases]

const folded = (text: string) => halfWidth(text).toLowerCase().replace(/\s+/g, '')
