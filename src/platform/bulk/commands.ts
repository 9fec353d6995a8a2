import { randomUUIDv7 } from 'node:crypto'
import * as z from 'zod/mini'
import { foretold } from '../bin/queries.ts'
import type { Condition } from '../conditions/condition.ts'
import { type Ctx, HOME } from '../database/ctx.ts'
import { AppError, badField } from '../errors/error.ts'
import { changeShape, type Entity } from '../fields/entity.ts'
import { addJob } from '../jobs/jobs.ts'
import { addresses } from '../lists/lists.ts'
import { knownField } from '../records/known.ts'
import { closedAction } from './action.ts'
import { type Action, mostRows, type Target } from './contract.ts'
import { get } from './queries.ts'
import { fieldOf } from './row.ts'

type Chosen = {
  rows?: Target[] | undefined
  q?: string | undefined
  filter?: Condition | undefined
  except?: string[] | undefined
}
type Asked = Chosen & { action: Action }

/**
 * Starts the change of many records of one kind and answers at once. Rows that are named carry the
 * version that was seen; those that a question finds have the version of this moment.
 */
export const starting = (entity: Entity) => ({
  start: async (ctx: Ctx, { action, ...chosen }: Asked) => {
    requirePermission(ctx, entity, action)
    requireSound(ctx, entity, action)
    const targets = await targetsOf(ctx, entity, chosen)
    const id = randomUUIDv7()
    await ctx.db
      .insertInto('bulk_run')
      .values({
        ...{ customer_id: HOME, id, entity: entity.name, action: closedAction(entity, id, action) },
        ...{ targets: JSON.stringify(targets), total: targets.length, next: 0, done: 0 },
        ...{ problems: '[]', status: targets.length > 0 ? 'running' : 'done' },
        ...{ created_at: ctx.now, created_by: ctx.actor.id, updated_at: ctx.now },
      })
      .execute()
    if (targets.length > 0) await addJob(ctx, 'bulk:work', { id }, { key: `bulk:${id}` })
    return get(ctx, { id })
  },
  /** Says what deleting them all would take along. */
  foretellAll: async (ctx: Ctx, chosen: Chosen) => {
    const targets = await targetsOf(ctx, entity, chosen)
    return foretold(
      ctx,
      entity,
      targets.map(({ id }) => id),
    )
  },
})

const targetsOf = async (ctx: Ctx, entity: Entity, { rows, q, filter, except = [] }: Chosen) => {
  if (rows && (q !== undefined || filter || except.length > 0))
    throw badField('rows', 'rows_or_filter')
  const most = mostRows + 1 + except.length
  const targets =
    rows ??
    (await addresses(ctx, entity, { q, filter }, most)).filter(({ id }) => !except.includes(id))
  if (targets.length > mostRows)
    throw new AppError('bad_input', 'bulk_too_many', { facts: { most: mostRows } })
  return targets
}

const requirePermission = ({ actor }: Ctx, entity: Entity, action: Action) => {
  const handsOver = action.kind !== 'delete' && fieldOf(entity, action) === 'owner_id'
  const verb = action.kind === 'delete' ? 'delete' : handsOver ? 'transfer' : 'edit'
  const permission = `${entity.plural}.${verb}`
  if (!actor.reach(permission))
    throw new AppError('forbidden', 'permission_missing', { facts: { permission } })
}

/** Refuses at once what would fail for every row. */
const requireSound = ({ actor }: Ctx, entity: Entity, action: Action) => {
  if (action.kind === 'delete') return
  if (action.kind === 'share') {
    if (!entity.root) throw badField('action', 'action_not_for_entity')
    return
  }
  const name = fieldOf(entity, action)
  const known = name === undefined ? undefined : knownField({ actor }, entity, name)
  if (name === undefined || !known) throw badField('action', 'action_not_for_entity')
  const read = changeShape({ name: entity.name, fields: { [name]: known.field } })[name]
  if (!read || known.right !== 'write')
    throw badField('action.field', 'field_not_writable', { field: name })
  if (action.kind === 'tag') {
    if (action.add.length + action.remove.length === 0) throw badField('action.add', 'required')
    return
  }
  const value = action.kind === 'assign' ? action.owner_id : action.value
  const result = z.safeParse(read, value)
  if (value === undefined || !result.success)
    throw badField('action.value', result.error?.issues[0]?.message ?? 'required', { field: name })
}
