import type { Ctx } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import { mayMove, missingFor, stagesBefore } from '../fields/machine.ts'
import { fieldsFor } from '../fields/reader.ts'
import { reads } from './known.ts'
import type { Values } from './prepare.ts'

/**
 * Refuses a retired choice that the record did not have, a stage that cannot follow the one before,
 * a stage whose needed fields are empty, and to empty what the stage needs that it stands in. `before` is
 * undefined for a new record: that may begin at any stage, as a firm brings its history with it, if it
 * has what the stage needs.
 */
export const requireChoices = (
  ctx: Pick<Ctx, 'actor'>,
  entity: Entity,
  before: Values | undefined,
  after: Values,
) => {
  const { fields } = entity
  for (const [name, field] of Object.entries(fields)) {
    if (!field.choices) continue
    const was = before?.[name]
    const will = after[name]
    if (JSON.stringify(was ?? null) !== JSON.stringify(will ?? null))
      requireOffered(name, field, was, will)
    if (field.machine) requireStage(ctx, entity, name, { before, after })
  }
}

const requireOffered = (
  name: string,
  { choices = [], open }: Field,
  was: unknown,
  will: unknown,
) => {
  if (open) return
  const held = [was].flat()
  const retired = choices.find(
    (each) => each.retired && [will].flat().includes(each.value) && !held.includes(each.value),
  )
  if (retired)
    throw new AppError('conflict', 'choice_retired', {
      errors: [{ path: name, reason: 'choice_retired', values: { value: retired.label.zh } }],
    })
}

type Step = { before: Values | undefined; after: Values }

const requireStage = (
  { actor }: Pick<Ctx, 'actor'>,
  entity: Entity,
  name: string,
  { before, after }: Step,
) => {
  const fields = fieldsFor(entity.fields, (each) => reads({ actor }, entity, each))
  const machine = fields[name]?.machine
  if (!machine) return
  const from = before?.[name]
  const to = after[name]
  const stage = machine.stages.find(({ value }) => value === to)
  const said = stage?.label[actor.locale] ?? String(to ?? '')
  const stays = before !== undefined && (from ?? null) === (to ?? null)
  if (before && !stays && !mayMove(machine, from, to)) {
    const sources = stage ? stagesBefore(machine, stage.value) : []
    const names = sources.map(({ label }) => label[actor.locale]).join('、')
    throw new AppError('conflict', 'stage_not_reachable', {
      errors: [{ path: name, reason: 'stage_not_reachable', values: { stage: said, names } }],
      facts: { from, to: machine.moves[String(from)] ?? [] },
    })
  }
  // Records that stood in a stage before it asked for something are left alone.
  const lacked = stays ? missingFor(machine, to, fields, before) : []
  const missing = missingFor(machine, to, fields, after).filter((need) => !lacked.includes(need))
  if (missing.length === 0) return
  // What the reader may not know of is not named; that something is missing cannot be kept back.
  const known = missing.filter((need) => {
    const field = fields[need]
    return field && actor.right(entity.name, need, field) !== 'hidden'
  })
  const names = known.map((need) => fields[need]?.label[actor.locale] ?? need).join('、')
  const values = { stage: said, names }
  throw new AppError('conflict', 'stage_needs_fields', {
    errors:
      known.length > 0
        ? known.map((path) => ({ path, reason: 'stage_needs_fields', values }))
        : [{ path: name, reason: 'stage_needs_unseen', values: { stage: said } }],
    facts: { stage: to, fields: known },
  })
}
