import * as z from 'zod/mini'
import type { Ctx } from '../database/ctx.ts'
import { badField } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { requireHanding } from '../records/prepare.ts'
import { ports } from '../records/registry.ts'
import { targetsOf } from './mapping.ts'
import type { Importable } from './ports.ts'
import type { Values } from './reading.ts'

/** Records that name nobody responsible go to the person who imports them, until they choose otherwise. */
export const initialDefaults = (ctx: Ctx, entity: Entity): Values =>
  entity.fields.owner_id?.kind === 'person' && ctx.actor.id !== null
    ? { owner_id: ctx.actor.id }
    : {}

/**
 * The defaults that this person gives by right: a record goes to whoever makes it also where they may
 * not choose who is responsible, by `makerOf`.
 */
export const givenDefaults = (ctx: Ctx, entity: Entity, { owner_id, ...rest }: Values): Values =>
  owner_id === undefined || (owner_id === ctx.actor.id && !choosesOwner(ctx, entity))
    ? rest
    : { ...rest, owner_id }

/** Who is responsible for what this person makes without having a choice. */
export const makerOf = (ctx: Ctx, entity: Entity): Values =>
  choosesOwner(ctx, entity) ? {} : initialDefaults(ctx, entity)

const choosesOwner = ({ actor }: Ctx, { name, fields }: Entity) =>
  fields.owner_id === undefined || actor.right(name, 'owner_id', fields.owner_id) === 'write'

/**
 * What new records get where their row is empty. `owner_id` has a setting of its own and stays when
 * the others are replaced; null takes it away.
 */
export const newDefaults = async (
  ctx: Ctx,
  importable: Importable,
  before: Values,
  input: { owner_id?: number | null | undefined; defaults?: Values | undefined },
): Promise<Values> => {
  const { owner_id: owner, ...others } = before
  const rest = input.defaults === undefined ? others : readDefaults(ctx, importable, input.defaults)
  const wanted = input.owner_id === undefined ? owner : input.owner_id
  if (wanted !== owner && !choosesOwner(ctx, importable.entity))
    throw badField('owner_id', 'field_not_writable')
  if (typeof wanted !== 'number') return rest
  if (wanted !== owner) requireHanding(ctx, importable.entity, { owner_id: wanted })
  const known = await ports().departmentsOf(ctx, [wanted])
  if (!known.has(wanted)) throw badField('owner_id', 'person_unknown')
  return { ...rest, owner_id: wanted }
}

const readDefaults = (ctx: Ctx, importable: Importable, given: Values): Values => {
  const targets = targetsOf(ctx, importable)
  const read = Object.entries(given).map(([name, value]) => {
    const target = targets.get(name)
    const path = `defaults.${name}`
    const own = Object.hasOwn(importable.entity.fields, name)
    const single =
      target?.field.encrypted || target?.field.kind === 'reference' || name === 'owner_id'
    if (!target || target.keyOnly || !own || single)
      throw badField(path, 'field_not_writable', { field: name })
    const parsed = z.safeParse(target.field.read, value)
    if (!parsed.success) throw badField(path, 'value_not_for_field', { field: name })
    return [name, parsed.data] as const
  })
  return Object.fromEntries(read)
}
