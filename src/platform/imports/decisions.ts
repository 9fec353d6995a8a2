import * as z from 'zod/mini'
import type { Ctx } from '../database/ctx.ts'
import { badField } from '../errors/error.ts'
import type { Field } from '../fields/field.ts'
import { fold } from '../search/fold.ts'
import type { Decision, Decisions, Unread } from './contract.ts'
import type { Target } from './mapping.ts'

/** The words of so many cells are asked about; more is a column that was mapped wrongly. */
const mostUnread = 300

/** How a decision finds its word again: width, case, blanks and 繁體 do not matter. */
const wordKey = (word: string) => fold(word).replace(/\s+/g, '')

/** What a person decided for the words of one field. */
export const deciderOf = (decisions: Decisions[string] | undefined) => {
  if (!decisions) return undefined
  const byWord = new Map(Object.entries(decisions).map(([word, each]) => [wordKey(word), each]))
  return (word: string) => {
    const decision = byWord.get(wordKey(word))
    if (!decision) return undefined
    if ('leave' in decision) return { value: null }
    return 'make' in decision ? { value: word, made: true } : { value: decision.to }
  }
}

/** Refuses decisions about fields that no column fills, and values that the field does not take. */
export const requireDecisions = (
  ctx: Ctx,
  targets: ReadonlyMap<string, Target>,
  decisions: Decisions,
) => {
  for (const [path, words] of Object.entries(decisions)) {
    const target = targets.get(path)
    if (!target || !isDecided(target.field)) throw badField(`decisions.${path}`, 'field_unknown')
    for (const decision of Object.values(words)) requireSound(ctx, path, target.field, decision)
  }
}

const requireSound = (ctx: Ctx, path: string, field: Field, decision: Decision) => {
  if ('make' in decision) {
    if (!mayGrow(field) || !ctx.actor.reach('fields.manage'))
      throw badField(`decisions.${path}`, 'choice_not_makeable')
    return
  }
  if ('leave' in decision) return
  const value = field.kind === 'choices' ? [decision.to] : decision.to
  if (!z.safeParse(field.read, value).success)
    throw badField(`decisions.${path}`, 'value_not_for_field', { field: path })
}

const isDecided = ({ kind }: Field) =>
  ['choice', 'choices', 'person', 'department', 'region'].includes(kind)

/** Whether an import may bring new choices: only where administrators keep them. */
export const mayGrow = (field: Field) =>
  (field.kind === 'choice' || field.kind === 'choices') &&
  (field.custom === true || field.dictionary !== undefined)

/** Adds what a batch could not read to what those before could not, the same words counted together. */
export const tallied = (before: readonly Unread[], found: readonly Unread[]): Unread[] => {
  const byWord = new Map(before.map((each) => [`${each.path}\n${wordKey(each.word)}`, { ...each }]))
  for (const each of found) {
    const key = `${each.path}\n${wordKey(each.word)}`
    const known = byWord.get(key)
    if (known) known.count += each.count
    else if (byWord.size < mostUnread) byWord.set(key, { ...each })
  }
  return [...byWord.values()]
}
