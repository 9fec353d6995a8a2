import { sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import { AppError, badField } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import * as lists from '../lists/lists.ts'
import { knownField } from '../records/known.ts'
import { find } from '../records/records.ts'
import type { Viewed } from './contract.ts'
import { freelyKey, mostFound, mostMatches, telling } from './keys.ts'

/** A person who works with single records stays far below; one who copies them all does not. */
export const mostViews = 60

/** The commands for fields that a reader sees shortened. */
export const plainViewing = (entity: Entity) => ({
  /**
   * The plain value of one field of one record. Asks for a reason unless a role lets the person do
   * without; writes an event with the reason and never the value.
   */
  plainView: async (ctx: Ctx, { field: name, reason = '', ...key }: Viewed) => {
    await find(ctx, entity, key)
    const { right } = fieldNamed(ctx, entity, name)
    if (right === 'masked') {
      if (reason === '' && !ctx.actor.reach(freelyKey)) throw badField('reason', 'required')
      await count(ctx, 'plain_view', mostViews)
      await emit(ctx, [
        {
          kind: `${entity.name}.plain_viewed`,
          customer_id: key.customer_id ?? key.id,
          subject_kind: entity.name,
          subject_id: key.id,
          payload: { facts: { field: name, reason } },
        },
      ])
    }
    const row: Record<string, unknown> = {
      ...(await find(reading(ctx, entity, name), entity, key)),
    }
    requireOpened(row, name)
    return { field: name, value: row[name] ?? null }
  },

  /**
   * The records within reach whose field is exactly this, shown as the reader sees them otherwise. It
   * tells whether a value that is known already is there, and nothing by parts of it.
   */
  exactMatch: async (ctx: Ctx, { field: name, value }: { field: string; value: string }) => {
    const { field, right } = fieldNamed(ctx, entity, name)
    if (!telling.includes(field.kind))
      throw badField('field', 'test_not_for_field', { field: name })
    if (right === 'masked') await count(ctx, 'exact_match', mostMatches)
    const whole = { field: name, value }
    const page = await lists.list(ctx, entity, { whole, limit: mostFound })
    if (right === 'masked')
      await emit(ctx, [
        {
          kind: `${entity.name}.exact_matched`,
          customer_id: HOME,
          subject_kind: entity.name,
          subject_id: HOME,
          payload: { facts: { field: name, found: page.items.length } },
        },
      ])
    return { items: page.items, next: null }
  },
})

const fieldNamed = (ctx: Ctx, entity: Entity, name: string): { field: Field; right: string } => {
  const known = Object.hasOwn(entity.fields, name) ? knownField(ctx, entity, name) : undefined
  if (!known) throw badField('field', 'field_unknown', { field: name })
  return known
}

/** The same person with this one field plain. */
const reading = (ctx: Ctx, entity: Entity, name: string): Ctx => ({
  ...ctx,
  actor: {
    ...ctx.actor,
    right: (of, each, field) =>
      of === entity.name && each === name ? 'read' : ctx.actor.right(of, each, field),
  },
})

/** What cannot be opened is said, not shown as empty. */
const requireOpened = ({ warnings }: Record<string, unknown>, name: string) => {
  const list: { path: string; reason: string }[] = Array.isArray(warnings) ? warnings : []
  const trouble = list.find(({ path, reason }) => path === name && reason.startsWith('encrypted_'))
  if (trouble) throw new AppError('conflict', trouble.reason, { errors: [trouble] })
}

/** Counts one more in the hour that runs; two at once wait for each other at the row. */
const count = async (ctx: Ctx, kind: string, most: number) => {
  const hour = `${ctx.now.slice(0, 13)}:00:00Z`
  const { rows } = await sql<{ count: number }>`
    insert into careful_count as c (person_id, kind, hour, count) values (${ctx.actor.id ?? 0}, ${kind}, ${hour}, 1)
    on conflict (person_id, kind) do update
      set count = case when c.hour = excluded.hour then c.count + 1 else 1 end, hour = excluded.hour
    returning count`.execute(ctx.db)
  if ((rows[0]?.count ?? 0) > most)
    throw new AppError('too_many', 'too_many_plain_views', { facts: { most } })
}
