import { sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import { renamed, requireDistinct, requireUnused } from '../dictionaries/commands.ts'
import type { InputOf } from '../door/contract.ts'
import { AppError, badField, missing } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { type Definition, fieldsWith } from '../fields/definition.ts'
import type { Entity } from '../fields/entity.ts'
import { type Field, type Fields, isWritten } from '../fields/field.ts'
import type { Machine } from '../fields/machine.ts'
import { entities } from '../records/registry.ts'
import type { stages } from './contract.ts'

/**
 * Shapes the stages of a field: what they are called, count as, ask for, and which may follow which.
 * Turns an added choice field into stages when it was none. A built-in stage keeps its value and what
 * programs know it by; one that records hold can be retired, not removed.
 */
export const update = async (ctx: Ctx, input: InputOf<typeof stages.update>) => {
  const { id, version, ...given } = input
  const way = await wayOf(ctx, id)
  if (way.version !== version) throw changedMeanwhile(way)
  const before = way.field.choices ?? []
  const machine = { ...given, stages: given.stages.map((stage) => renamed(before, stage)) }
  requireSound(machine, way)
  const use = { entity: way.entity, name: way.name, field: way.field }
  await requireUnused(ctx, [use], before, machine.stages, 'stages')
  await store(ctx, way, machine)
  if (way.definition) await rewrite(ctx, way, way.definition, machine)
  return { id, version: version + 1, machine }
}

/** Makes an added field a plain choice again; its choices stay. */
export const remove = async (ctx: Ctx, { id, version }: InputOf<typeof stages.remove>) => {
  const way = await wayOf(ctx, id)
  if (!way.definition || !way.machine) throw missing()
  if (way.version !== version) throw changedMeanwhile(way)
  await store(ctx, way, null)
  return { ok: true as const }
}

type Way = {
  entity: Entity
  name: string
  field: Field
  fields: Fields
  machine: Machine | null
  version: number
  /** Of a field that an administrator added. */
  definition: Definition | undefined
}

const wayOf = async (ctx: Ctx, id: string): Promise<Way> => {
  const [entityName = '', name = ''] = id.split('.')
  const entity = entities().find((each) => each.name === entityName)
  if (!entity) throw missing()
  // Two who shape the same stages at once would both find the old version.
  await sql`lock table stage_machine in share row exclusive mode`.execute(ctx.db)
  const added = await ctx.db
    .selectFrom('custom_field')
    .select('definition')
    .where('entity', '=', entityName)
    .where('deleted_at', 'is', null)
    .execute()
  const definitions = added.map(({ definition }) => definition)
  const fields = fieldsWith(entity, definitions)
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  const definition = definitions.find((each) => each.name === name)
  if (field?.kind !== 'choice' || (!definition && !field.machine)) throw missing()
  if (field.dictionary) throw new AppError('conflict', 'stages_of_dictionary')
  const row = await ctx.db
    .selectFrom('stage_machine')
    .select(['machine', 'version'])
    .where('entity', '=', entityName)
    .where('field', '=', name)
    .executeTakeFirst()
  const machine = row?.machine ?? (definition ? null : (field.machine ?? null))
  return { entity, name, field, fields, machine, version: row?.version ?? 1, definition }
}

const changedMeanwhile = ({ entity, name, version, machine }: Way) =>
  new AppError('changed', 'record_changed', {
    facts: { current: { id: `${entity.name}.${name}`, version, machine }, changed: [] },
  })

const requireSound = ({ stages, moves }: Machine, { field, fields, name }: Way) => {
  requireDistinct(stages, 'stages')
  const known = new Set(stages.map(({ value }) => value))
  for (const [from, next] of Object.entries(moves)) {
    const strange = [from, ...next].find((value) => !known.has(value))
    if (strange !== undefined) throw badField(`moves.${from}`, 'stage_unknown', { stage: strange })
  }
  for (const [at, { needs, label }] of stages.entries()) {
    const strange = needs.find((need) => {
      const needed = Object.hasOwn(fields, need) ? fields[need] : undefined
      return !needed || need === name || (!isWritten(needed) && needed.formula === undefined)
    })
    if (strange !== undefined)
      throw badField(`stages.${at}.needs`, 'field_unknown', { field: strange, stage: label.zh })
  }
  if (stages.every(({ retired }) => retired)) throw badField('stages', 'required')
  const first = stages.find(({ value }) => value === field.initial)
  if (field.initial !== undefined && (!first || first.retired))
    throw badField('stages', 'stage_initial_stays')
  const own = new Set(stages.map(({ value }) => value))
  const gone = field.builtIn?.find((value) => !own.has(value))
  if (gone !== undefined) throw badField('stages', 'stage_built_in', { stage: nameIn(field, gone) })
}

const nameIn = ({ choices }: Field, value: string) =>
  choices?.find((each) => each.value === value)?.label.zh ?? value

const store = async (ctx: Ctx, { entity, name, version }: Way, machine: Machine | null) => {
  const stored = {
    ...{ machine: machine && JSON.stringify(machine), version: version + 1 },
    ...{ updated_at: ctx.now, updated_by: ctx.actor.id },
  }
  await ctx.db
    .insertInto('stage_machine')
    .values({ entity: entity.name, field: name, ...stored })
    .onConflict((conflict) => conflict.columns(['entity', 'field']).doUpdateSet(stored))
    .execute()
  await emit(ctx, [
    {
      kind: 'stage_machine.updated',
      ...{ customer_id: HOME, subject_kind: 'stage_machine', subject_id: HOME },
      payload: { entity: entity.name, field: name, machine },
    },
  ])
}

/** The choices of an added field are its stages, also where it is told as a field. */
const rewrite = (ctx: Ctx, { entity, name }: Way, definition: Definition, { stages }: Machine) =>
  ctx.db
    .updateTable('custom_field')
    .set(({ eb }) => ({
      definition: {
        ...definition,
        choices: stages.map(({ value, label, aliases, retired }) => ({
          ...{ value, label },
          ...(aliases && { aliases }),
          ...(retired && { retired }),
        })),
      },
      version: eb('version', '+', 1),
      updated_at: ctx.now,
      updated_by: ctx.actor.id,
    }))
    .where('entity', '=', entity.name)
    .where('name', '=', name)
    .execute()
