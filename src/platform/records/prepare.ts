import { regionPath } from '../china/regions.ts'
import { type Ctx, everyone } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { AppError, badField } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { isDemanded, isList, isWritten } from '../fields/field.ts'
import { pinyinKey } from '../search/pinyin.ts'
import { reads } from './known.ts'
import { ports } from './registry.ts'

export type Values = Record<string, unknown>

/** Refuses values for fields that this person may not write; one that they may not know of is unknown. */
export const requireWritable = (ctx: Ctx, entity: Entity, values: Values) => {
  const refused = Object.keys(values).flatMap((name) => {
    const field = entity.fields[name]
    if (!field || !isWritten(field)) return []
    const right = ctx.actor.right(entity.name, name, field)
    return right === 'write' ? [] : [{ path: name, right }]
  })
  const unknown = refused
    .filter(({ right }) => right === 'hidden')
    .map(({ path }) => ({ path, reason: 'unknown_key' }))
  if (unknown.length > 0) throw new AppError('bad_input', 'input_invalid', { errors: unknown })
  const errors = refused.map(({ path }) => ({ path, reason: 'field_not_writable' }))
  if (errors.length > 0) throw new AppError('forbidden', 'field_not_writable', { errors })
}

/**
 * Whether this person can make records of a kind at all: who may not write what every new one needs
 * could never go through with it, so that it is not to be offered either.
 */
export const mayMake = ({ actor }: Pick<Ctx, 'actor'>, { name: entity, plural, fields }: Entity) =>
  actor.reach(`${plural}.create`) !== undefined &&
  Object.entries(fields).every(
    ([name, field]) => !isDemanded(field) || actor.right(entity, name, field) === 'write',
  )

/**
 * Refuses when a field was left empty that is required: one where another has a certain value, and in a
 * new record an added one. Nobody is asked for what they may not write, as they could never go on, nor
 * on account of a value that they may not read, as that would tell it.
 */
export const requireAsked = (
  { actor }: Pick<Ctx, 'actor'>,
  entity: Entity,
  values: Values,
  isNew = false,
) => {
  const errors = Object.entries(entity.fields).flatMap(([name, field]) => {
    const { required, when, custom } = field
    const asked = when
      ? when.in.includes(String(values[when.field])) && reads({ actor }, entity, when.field)
      : isNew && custom
    if (!required || !asked || actor.right(entity.name, name, field) !== 'write') return []
    const value = values[name]
    const empty =
      value === null || value === undefined || (Array.isArray(value) && value.length === 0)
    return empty ? [{ path: name, reason: 'required' }] : []
  })
  if (errors.length > 0) throw new AppError('bad_input', 'input_invalid', { errors })
}

/** Refuses values that the rule of their kind does not allow; what stood wrong before may stay as it was. */
export const requireSound = (
  { now }: Pick<Ctx, 'now'>,
  { problems }: Entity,
  before: Values | undefined,
  after: Values,
) => {
  const found = problems?.(after, now) ?? []
  const stood = before && found.length > 0 ? (problems?.(before, now) ?? []) : []
  const errors = found.filter(
    ({ path, reason }) =>
      before?.[path] !== after[path] ||
      !stood.some((each) => each.path === path && each.reason === reason),
  )
  if (errors.length > 0) throw new AppError('bad_input', 'input_invalid', { errors })
}

/** Refuses to give a new record to somebody else without the right to hand records over. */
export const requireHanding = (
  { actor }: Pick<Ctx, 'actor'>,
  entity: Entity,
  { owner_id: owner }: Values,
) => {
  if (owner === undefined || owner === null || owner === actor.id) return
  if (!actor.reach(`${entity.plural}.transfer`)) throw notHandedOver(entity)
}

export const notHandedOver = ({ plural }: Entity) =>
  new AppError('forbidden', 'permission_missing', {
    errors: [{ path: 'owner_id', reason: 'permission_missing' }],
    facts: { permission: `${plural}.transfer` },
  })

/** An empty text is no value; what was left out gets its initial value, lists are never null. */
export const complete = (entity: Entity, values: Values): Values => {
  const row: Values = {}
  for (const [name, field] of Object.entries(entity.fields)) {
    const given = values[name] === '' ? null : values[name]
    row[name] = given ?? field.initial ?? (isList(field) ? [] : null)
  }
  return row
}

/** The columns that follow from others: pinyin sort keys and the name of a region as it was then. */
export const derived = (entity: Entity, values: Values): Values => {
  const columns: Values = {}
  for (const [name, field] of Object.entries(entity.fields)) {
    if (!(name in values)) continue
    const value = values[name]
    if (field.kind === 'text' && field.sort) columns[`${name}_key`] = sortKey(String(value ?? ''))
    if (field.kind === 'region')
      columns[`${name}_name`] = typeof value === 'string' ? regionNamed(name, value) : null
  }
  return columns
}

/** A short name is read as a person's, so that 单 and 仇 stand where people look for them. */
const sortKey = (name: string) => pinyinKey(name, { person: [...name].length <= 4 })

const regionNamed = (name: string, code: string) => {
  const path = regionPath(code)
  if (!path) throw badField(name, 'region_unknown', { code })
  return path
}

/** Who may see rows of a root entity: everyone's standing principal, the owner and the owner's department. */
export const granted = async (ctx: Ctx, owners: readonly (number | null)[]) => {
  const held = heldOwners.get(ctx.db)
  const people = [...new Set(owners.filter((owner) => owner !== null))]
  const asked = people.filter((each) => !held?.has(each))
  const departments = new Map([
    ...(held ?? []),
    ...(asked.length > 0 ? await ports().departmentsOf(ctx, asked) : []),
  ])
  return (owner: number | null, otherwise: number | null) => {
    if (owner === null) return { department_id: otherwise, grants: grantsOf([otherwise]) }
    const department = departments.get(owner)
    if (department === undefined) throw badField('owner_id', 'person_unknown')
    return { department_id: department, grants: grantsOf([owner, department]) }
  }
}

const heldOwners = new WeakMap<Db, ReadonlyMap<number, number>>()

/**
 * Asks once for the departments of people to whom records of this transaction go one by one. They are
 * held until it ends, so that the answer stays true; outside of savepoints, as going back to one would
 * let them go.
 */
export const holdOwners = async (ctx: Ctx, owners: readonly unknown[]) => {
  const people = [...new Set(owners.filter((owner) => typeof owner === 'number'))]
  if (people.length > 0) heldOwners.set(ctx.db, await ports().departmentsOf(ctx, people))
}

const grantsOf = (principals: (number | null)[]) => [
  everyone,
  ...principals.filter((each) => each !== null),
]
