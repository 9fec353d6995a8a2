import * as z from 'zod/mini'
import { choiceLabel, choiceValue } from './choiceShape.ts'
import type { Field, Fields } from './field.ts'
import { line } from './kinds.ts'

/** What a stage counts as, whatever it is called: still open, won, lost. */
export const meanings = ['open', 'won', 'lost'] as const
export type Meaning = (typeof meanings)[number]

const name = z.string().check(z.maxLength(60, 'too_long'))

/** One step of a record's way, and the fields without which it is not entered. */
const stageShape = z.strictObject({
  value: choiceValue,
  label: choiceLabel,
  meaning: z.enum(meanings, 'not_a_choice'),
  retired: z.optional(z.boolean()),
  aliases: z.optional(z.array(line(60)).check(z.maxLength(30, 'too_many'))),
  needs: z.array(name).check(z.maxLength(50, 'too_many')),
})
export type Stage = z.infer<typeof stageShape>

/** A state machine as data: its stages, and which may follow which. */
export const machineShape = z.strictObject({
  stages: z.array(stageShape).check(z.minLength(1, 'required'), z.maxLength(60, 'too_many')),
  moves: z.record(choiceValue, z.array(choiceValue).check(z.maxLength(60, 'too_many'))),
})
export type Machine = z.infer<typeof machineShape>

/**
 * Whether a record may go from one stage to another. From nothing, and from a stage that the machine
 * no longer knows, every one is open: else such a record could never move again.
 */
export const mayMove = ({ moves, stages }: Machine, from: unknown, to: unknown): boolean => {
  if (from === to) return true
  const next = typeof from === 'string' && Object.hasOwn(moves, from) ? moves[from] : undefined
  if (to === null || to === undefined) return typeof from !== 'string'
  if (next && stages.some(({ value }) => value === from)) return next.includes(String(to))
  return true
}

/** The stages from which this one can be reached. */
export const stagesBefore = ({ moves, stages }: Machine, to: string): Stage[] =>
  stages.filter(({ value, retired }) => !retired && moves[value]?.includes(to))

type Values = Readonly<Record<string, unknown>>

/** The fields without which the stage is not entered; what does not apply to the record is not asked. */
export const needsOf = ({ stages }: Machine, to: unknown, fields: Fields, values: Values) => {
  const needs = stages.find(({ value }) => value === to)?.needs ?? []
  return needs.filter((need) => {
    const field = fields[need]
    return field !== undefined && applies(field, values)
  })
}

/** Those of them that are still empty. */
export const missingFor = (machine: Machine, to: unknown, fields: Fields, values: Values) =>
  needsOf(machine, to, fields, values).filter((need) => isEmpty(values[need]))

const applies = ({ when }: Field, values: Values) =>
  !when || when.in.includes(String(values[when.field]))

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)
