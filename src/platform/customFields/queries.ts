import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import * as dictionaryQueries from '../dictionaries/queries.ts'
import { missing } from '../errors/error.ts'
import { customVersion } from '../fields/custom.ts'
import { type Definition, fieldsFrom, takeDefinitions } from '../fields/definition.ts'
import type { Entity } from '../fields/entity.ts'
import { knownField } from '../records/known.ts'
import { entities } from '../records/registry.ts'
import * as stageQueries from '../stages/queries.ts'

const shown = ['entity', 'position', 'version', 'definition'] as const

/** Everything that administrators shaped, and a number that grows with each change of any of it. */
export const shaped = async (ctx: Pick<Ctx, 'db'>) => {
  // The number first: what changes meanwhile is then looked at once more, never missed.
  const version = await storedVersion(ctx)
  const [items, dictionaries, machines] = [
    await list(ctx),
    await dictionaryQueries.list(ctx),
    await stageQueries.list(ctx),
  ]
  return { version, items, dictionaries, machines }
}

/**
 * The same as far as the reader may know of it: whoever shapes fields of all, others not of fields that
 * are hidden from them, nor of lists and stages that only those have. Its number is another one where
 * the rest is, so that a browser takes over what a change of rights left.
 */
export const told = async (ctx: Ctx) => {
  const whole = await shaped(ctx)
  if (ctx.actor.reach('fields.manage')) return whole
  const knows = (entity: string, name: string) => {
    const kind = entities().find((each) => each.name === entity)
    return kind !== undefined && knownField(ctx, kind, name) !== undefined
  }
  const items = whole.items
    .filter(({ entity, definition }) => knows(entity, definition.name))
    .map((item) => ({
      ...item,
      definition: withoutUnknown(item.definition, (name) => knows(item.entity, name)),
    }))
  const uses = entities().flatMap(({ name: entity, fields }) =>
    Object.entries(fields).map(([name, { dictionary }]) => ({ entity, name, dictionary })),
  )
  const dictionaries = whole.dictionaries.filter(({ id }) => {
    const own = uses.filter(({ dictionary }) => dictionary === id)
    return own.length === 0 || own.some(({ entity, name }) => knows(entity, name))
  })
  const machines = whole.machines.flatMap(({ id, machine, version }) => {
    const [entity = '', name = ''] = id.split('.')
    const stages = machine?.stages.map((stage) => ({
      ...stage,
      needs: stage.needs.filter((need) => knows(entity, need)),
    }))
    return knows(entity, name)
      ? [{ id, version, machine: machine && stages ? { ...machine, stages } : null }]
      : []
  })
  const left = [items, dictionaries, machines]
  return { version: whole.version * versions + digestOf(left), items, dictionaries, machines }
}

/** A field that is asked for by what the reader may not know is asked for always, and of nobody. */
const withoutUnknown = (definition: Definition, knows: (name: string) => boolean): Definition => {
  if (!definition.when || knows(definition.when.field)) return definition
  const { when: _, required: __, ...rest } = definition
  return rest
}

// So many sets of fields are told apart at each version; both together stay a safe integer.
const versions = 2 ** 24

const digestOf = (left: unknown) =>
  createHash('sha256').update(JSON.stringify(left)).digest().readUIntBE(0, 3)

/** Every live definition. */
export const list = async (ctx: Pick<Ctx, 'db'>) => {
  const rows = await ctx.db
    .selectFrom('custom_field')
    .select(shown)
    .where('deleted_at', 'is', null)
    .orderBy('entity')
    .orderBy('position')
    .orderBy('name')
    .execute()
  return rows.map(named)
}

/** The fields that were retired, the latest first; their values are still in the records. */
export const retired = async (ctx: Pick<Ctx, 'db'>) => {
  const rows = await ctx.db
    .selectFrom('custom_field')
    .select(shown)
    .where('deleted_at', 'is not', null)
    .orderBy('deleted_at', 'desc')
    .orderBy('name')
    .execute()
  return { items: rows.map(named) }
}

/**
 * The kind with what is kept of these fields, retired ones too, so that a value goes back to where it
 * was. Those are neither asked for nor searched.
 */
export const withKept = async (
  ctx: Pick<Ctx, 'db'>,
  entity: Entity,
  names: readonly string[],
): Promise<Entity> => {
  const away = names.filter((name) => !Object.hasOwn(entity.fields, name))
  if (away.length === 0) return entity
  const rows = await ctx.db
    .selectFrom('custom_field')
    .select('definition')
    .where('entity', '=', entity.name)
    .where('name', 'in', away)
    .execute()
  const kept = rows.map(({ definition: { required: _, search: __, ...rest } }) => rest)
  return { ...entity, fields: { ...entity.fields, ...fieldsFrom(kept) } }
}

export const find = async (ctx: Pick<Ctx, 'db'>, id: string) => {
  const [entity = '', name = ''] = id.split('.')
  const row = await ctx.db
    .selectFrom('custom_field')
    .select(shown)
    .where('entity', '=', entity)
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw missing()
  return named(row)
}

const named = <R extends { entity: string; definition: Definition }>(row: R) => ({
  ...row,
  id: `${row.entity}.${row.definition.name}`,
})

/** What is there grows by one with every change; what is put away stays as a row. */
const storedVersion = async (ctx: Pick<Ctx, 'db'>) => {
  const { rows } = await sql<{ version: number }>`select (
    select coalesce(sum(version), 0) from custom_field) + (
    select coalesce(sum(version), 0) from dictionary) + (
    select coalesce(sum(version), 0) from stage_machine) as version`.execute(ctx.db)
  return Number(rows[0]?.version ?? 0)
}

let loading: Promise<unknown> = Promise.resolve()

/**
 * Makes what is stored the fields of this process; cheap while nothing has changed. Tells whether
 * something had. One at a time, so that an older answer never comes after a newer one.
 */
export const load = (ctx: Pick<Ctx, 'db'>): Promise<boolean> => {
  const next = loading.then(() => loadNow(ctx))
  loading = next.catch(() => undefined)
  return next
}

const loadNow = async (ctx: Pick<Ctx, 'db'>) => {
  if ((await storedVersion(ctx)) === customVersion()) return false
  takeDefinitions(await shaped(ctx))
  return true
}
