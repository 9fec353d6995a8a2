import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { type Ctx, everyone, HOME } from '../database/ctx.ts'
import { requireReadable } from '../encryption/values.ts'
import { AppError, missing } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import type { ChangeOf, CreateOf, Entity } from '../fields/entity.ts'
import type { Fields } from '../fields/field.ts'
import { calculated } from '../formulas/calculate.ts'
import { requireChoices } from './choices.ts'
import { flat, packed, unknownField } from './custom.ts'
import type { Cause } from './deletions.ts'
import { settleFiles, withFiles } from './fieldFiles.ts'
import { knownField } from './known.ts'
import { numbersFor } from './numbers.ts'
import { changesOf, valuesOf } from './payloads.ts'
import {
  complete,
  derived,
  granted,
  notHandedOver,
  requireAsked,
  requireHanding,
  requireSound,
  requireWritable,
  type Values,
} from './prepare.ts'
import { type Presented, present, type Stored } from './present.ts'
import { putRowsAway, requireOnce } from './putAway.ts'
import { movedOn } from './regrant.ts'
import { keepSearch, searched } from './searching.ts'
import { covers, ownHomeRows, requireCustomers, visible } from './visible.ts'

type Known = {
  name: string
  plural: string
  fields: Fields
  title: string
  defaultSort: string
  root?: true
}
/** The address of a record: a root's customer_id is its own id. */
export type Key = { id: string; customer_id?: string | undefined }
type Made<E extends Known> = E extends { root: true } ? unknown : { customer_id: string }

/**
 * Makes records, however many, in a fixed number of statements: rows, events, search documents.
 * The caller needs `<plural>.create` and, below a customer, sight of each customer by it. `set` gives
 * values of system fields and others that the caller did not choose. Refuses fields the caller may not
 * write.
 */
export const insert = async <E extends Entity>(
  ctx: Ctx,
  entity: E,
  list: readonly (CreateOf<E> & Made<E>)[],
  set: (index: number) => Values = () => ({}),
): Promise<Presented<E>[]> => {
  if (list.length === 0) return []
  const inputs = list as readonly Values[]
  for (const input of inputs) requireNamed(entity, input)
  for (const input of inputs) requireWritable(ctx, entity, input)
  for (const input of inputs) requireSound(ctx, entity, undefined, input)
  for (const input of inputs) requireHanding(ctx, entity, input)
  const { rows: plain, grants } = entity.root
    ? await rootRows(ctx, entity, inputs, set)
    : await childRows(ctx, entity, inputs, set)
  const rows: Values[] = []
  for (const row of plain) rows.push(await withFiles(ctx, entity, address(entity, row), row))
  for (const row of rows) {
    requireAsked(ctx, entity, row, ctx.actor.id !== null)
    requireChoices(ctx, entity, undefined, row)
  }
  await sql`insert into ${sql.table(entity.name)}
    select * from jsonb_populate_recordset(null::${sql.table(entity.name)}, ${JSON.stringify(rows.map((row) => ({ custom: {}, ...packed(entity, row) })))}::jsonb)`.execute(
    ctx.db,
  )
  for (const row of rows) await settleFiles(ctx, entity, address(entity, row), row)
  await emit(
    ctx,
    rows.map((row) => ({
      kind: `${entity.name}.created`,
      ...address(entity, row),
      subject_kind: entity.name,
      payload: { values: valuesOf(entity, row) },
    })),
  )
  await keepSearch(ctx, entity, rows, { fresh: true })
  return rows.map((row, index) =>
    present(ctx, entity, { ...row, ...rights(ctx, entity, row, grants[index]) }),
  )
}

/**
 * Changes one record that the caller saw at `version`. Refuses with 412 and the fields in which
 * somebody else was faster. A change that changes nothing writes nothing. `verb` names the event:
 * a task is completed, where most records are just updated.
 * `restoring`: what was there before comes back, also a stage that no move leads to.
 */
export const change = async <E extends Entity>(
  ctx: Ctx,
  entity: E,
  key: Key & { version: number },
  values: ChangeOf<E>,
  set: Values = {},
  verb = 'updated',
  restoring = false,
): Promise<Presented<E>> => {
  requireWritable(ctx, entity, values)
  const before = await locked(ctx, entity, key, 'edit')
  const given = { ...emptied(values), ...set }
  const wanted = await withFiles(ctx, entity, address(entity, before), given, before)
  const names = Object.keys(wanted).filter((name) => differs(before[name], wanted[name]))
  if (before.version !== key.version) throw await faster(ctx, entity, key, before)
  if (names.length === 0) return present(ctx, entity, before)
  requireReadable(entity, before, names)
  requireAsked(ctx, entity, { ...before, ...wanted })
  if (!restoring) {
    requireSound(ctx, entity, before, { ...before, ...emptied(values) })
    requireChoices(ctx, entity, before, { ...before, ...wanted })
  }
  const changed = Object.fromEntries(names.map((name) => [name, wanted[name]]))
  if ('owner_id' in changed && before.can_transfer !== true) throw notHandedOver(entity)
  const results = calculated(entity.fields, { ...before, ...changed })
  const columns: Values = {
    ...changed,
    ...results,
    ...derived(entity, { ...changed, ...results }),
    ...(entity.root && 'owner_id' in changed && (await regranted(ctx, before, changed))),
    version: key.version + 1,
    updated_at: ctx.now,
    updated_by: ctx.actor.id,
  }
  // Its custom values stand beside the others already; the stored ones are those of before.
  const after: Stored = { ...before, ...columns, custom: null }
  await store(ctx, entity, key, packed(entity, columns, before))
  await settleFiles(ctx, entity, address(entity, before), { ...before, ...changed }, before)
  await emit(ctx, [
    {
      kind: `${entity.name}.${verb}`,
      ...address(entity, after),
      subject_kind: entity.name,
      payload: {
        version: key.version + 1,
        // What happens below a customer is told by its title; the customer's own is known.
        ...(!entity.root && { title: after[entity.title] }),
        changes: changesOf(entity, names, before, wanted),
      },
    },
  ])
  if (searched(entity).some((name) => names.includes(name))) await keepSearch(ctx, entity, [after])
  // Who hands a customer over may lose it in the same moment.
  const kept = 'grants' in columns ? rights(ctx, entity, after, columns.grants) : {}
  return present(ctx, entity, { ...after, ...kept })
}

/** What the caller may do with a row that was just written, by the principals that may see it. */
const rights = (ctx: Ctx, entity: Entity, row: Values, grants: unknown) => {
  const own =
    entity.home !== undefined && row.customer_id === HOME && row[entity.home] === ctx.actor.id
  const may = (verb: string) => own || covers(ctx, `${entity.plural}.${verb}`, grants)
  return { can_edit: may('edit'), can_delete: may('delete'), can_transfer: may('transfer') }
}

/**
 * Puts one record away, with what stands below it, into the recycle bin. Gives the id of the deletion.
 * Refuses with 412 when somebody changed it since the caller saw it.
 */
export const remove = async (
  ctx: Ctx,
  entity: Entity,
  key: Key & { version: number },
  cause: Cause = { kind: 'hand' },
): Promise<string> => {
  const [id] = await putAway(ctx, entity, [key], cause)
  if (id === undefined) throw missing()
  return id
}

/**
 * Puts many records of one kind away, all or none; of those with a `version` only as they were then.
 * Needs `<plural>.delete`. Each is a deletion of its own, whose id is given in the order of the keys.
 */
export const putAway = async (
  ctx: Ctx,
  entity: Entity,
  keys: readonly (Key & { version?: number })[],
  cause: Cause,
): Promise<string[]> => {
  requireOnce(keys)
  const rows = await storedAll(ctx, entity, keys, 'delete', forChange)
  const versions = new Map(keys.map((key) => [key.id, key.version]))
  for (const before of rows) {
    const version = versions.get(before.id) ?? before.version
    const key = { id: before.id, ...address(entity, before) }
    if (before.version !== version) throw await faster(ctx, entity, { ...key, version }, before)
  }
  const ids = await putRowsAway(ctx, entity, rows, cause)
  const byKey = new Map(rows.map(({ id }, place) => [id, ids[place] ?? '']))
  return keys.map(({ id }) => byKey.get(id) ?? '')
}

/** One record, if the caller may see it. */
export const find = async <E extends Entity>(
  ctx: Ctx,
  entity: E,
  key: Key,
): Promise<Presented<E>> => present(ctx, entity, await stored(ctx, entity, key, 'view'))

type Found = Stored & { id: string; version: number }

const stored = async (
  ctx: Ctx,
  entity: Entity,
  key: Key,
  right: 'view' | 'edit' | 'delete',
  lock = sql``,
): Promise<Found> => {
  const [row] = await storedAll(ctx, entity, [key], right, lock)
  if (!row) throw missing()
  return row
}

/** All of these, in one statement and the order of their ids, so that two who lock many wait, not clash. */
const storedAll = async (
  ctx: Ctx,
  entity: Entity,
  keys: readonly Key[],
  right: 'view' | 'edit' | 'delete',
  lock = sql``,
): Promise<Found[]> => {
  const { plural } = entity
  const reach = (verb: string) => visible(ctx, `${plural}.${verb}`, entity.root ? 't' : 'v')
  const home = ownHomeRows(ctx, entity)
  const ids = keys.map(({ id }) => id)
  const customers = keys.map(({ customer_id = null }) => customer_id)
  const { rows } = await sql<Found & { reached: boolean }>`
    select t.*, ${entity.root ? sql`` : sql`v.name as customer_name,`}
      (${reach('edit')} or ${home}) as can_edit, (${reach('delete')} or ${home}) as can_delete,
      (${reach('transfer')} or ${home}) as can_transfer,
      (${reach(right)} or ${home}) as reached
    from ${sql.table(entity.name)} t ${entity.root ? sql`` : sql`join customer v on v.id = t.customer_id`}
    where t.id = any(${ids}::uuid[]) and ${entity.root ? sql`true` : sql`t.customer_id = any(${customers}::uuid[])`}
      and t.deleted_at is null and (${reach('view')} or ${home}) order by t.id ${lock}`.execute(
    ctx.db,
  )
  const isAsked = (row: Found) =>
    keys.some(
      ({ id, customer_id }) => id === row.id && (entity.root || customer_id === row.customer_id),
    )
  const found = keys.length === 1 ? rows : rows.filter(isAsked)
  if (found.length < keys.length) throw missing()
  if (found.some(({ reached }) => !reached))
    throw new AppError('forbidden', 'permission_missing', {
      facts: { permission: `${plural}.${right}` },
    })
  return found.map((row) => {
    const { reached: _, ...rest } = flat(entity, row)
    return rest as Found
  })
}

/** `no key`: rows below a customer that are written meanwhile refer to its key, and must not wait. */
const forChange = sql`for no key update of t`
const locked = (ctx: Ctx, entity: Entity, key: Key, right: 'edit' | 'delete') =>
  stored(ctx, entity, key, right, forChange)

const store = async (ctx: Ctx, entity: Entity, key: Key, columns: Values) => {
  const sets = Object.keys(columns).map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`)
  const table = sql.table(entity.name)
  await sql`update ${table} t set ${sql.join(sets)}
    from jsonb_populate_record(null::${table}, ${JSON.stringify(columns)}::jsonb) r
    where t.id = ${key.id}::uuid ${entity.root ? sql`` : sql`and t.customer_id = ${key.customer_id ?? null}::uuid`}`.execute(
    ctx.db,
  )
}

const faster = async (ctx: Ctx, entity: Entity, key: Key & { version: number }, before: Stored) => {
  const { rows } = await sql<{
    name: string
  }>`select distinct jsonb_object_keys(payload -> 'changes') as name from event
    where customer_id = ${key.customer_id ?? key.id}::uuid and subject_id = ${key.id}::uuid
      and payload ? 'changes' and (payload ->> 'version')::int > ${key.version}`.execute(ctx.db)
  // A field that was retired since is nobody's any more, so that it is not named either.
  const changed = rows
    .map((row) => row.name)
    .filter((name) => knownField(ctx, entity, name) !== undefined)
  return new AppError('changed', 'record_changed', {
    facts: { current: present(ctx, entity, before), changed: changed.sort() },
  })
}

/** The principals that may see each row go along, a child's being those of its customer. */
type Rows = { rows: (Values & { id: string })[]; grants: unknown[] }

const rootRows = async (
  ctx: Ctx,
  entity: Entity,
  inputs: readonly Values[],
  set: (index: number) => Values,
): Promise<Rows> => {
  const given = inputs.map((input, index) => ({ ...input, ...set(index) }))
  const grants = await granted(ctx, given.map(ownerOf))
  const numbered = await numbersFor(ctx, entity, inputs.length)
  const rows = given.map((input, index) => {
    const values = reckoned(entity, { ...input, ...numbered(index) })
    return {
      ...base(ctx),
      ...values,
      ...derived(entity, values),
      ...grants(ownerOf(input), ctx.actor.departmentId),
    }
  })
  return { rows, grants: rows.map((row) => row.grants) }
}

const childRows = async (
  ctx: Ctx,
  entity: Entity,
  inputs: readonly Values[],
  set: (index: number) => Values,
): Promise<Rows> => {
  const customers = inputs.map((input) => String(input.customer_id))
  const outside = entity.home ? customers.filter((id) => id !== HOME) : customers
  const grants = await requireCustomers(ctx, outside, `${entity.plural}.create`)
  const numbered = await numbersFor(ctx, entity, inputs.length)
  const rows = inputs.map((input, index) => {
    const values = reckoned(entity, { ...input, ...set(index), ...numbered(index) })
    return { ...base(ctx), customer_id: input.customer_id, ...values, ...derived(entity, values) }
  })
  return { rows, grants: customers.map((id) => grants.get(id)) }
}

/** What is given to a new record goes by its fields; no column would hold the value of another name. */
const requireNamed = (entity: Entity, input: Values) => {
  const known = (name: string) => Object.hasOwn(entity.fields, name) || name === 'customer_id'
  const unknown = Object.keys(input).find((name) => !known(name))
  if (unknown !== undefined) throw unknownField(unknown)
}

/** All values of a new record, those of its formulas included. */
const reckoned = (entity: Entity, input: Values): Values => {
  const values = complete(entity, input)
  return { ...values, ...calculated(entity.fields, values) }
}

const base = (ctx: Ctx): Values & { id: string } => ({
  id: randomUUIDv7(),
  version: 1,
  created_at: ctx.now,
  created_by: ctx.actor.id,
  updated_at: ctx.now,
  updated_by: ctx.actor.id,
  deleted_at: null,
})

const regranted = async (ctx: Ctx, before: Values, changed: Values) => {
  const owner = ownerOf(changed)
  const given = 'department_id' in changed ? changed.department_id : before.department_id
  const stood = typeof given === 'number' ? given : null
  // Whoever is responsible from now on brings a department; only what nobody has stays where it is.
  const department = owner === null ? await movedOn(ctx, ownerOf(before), stood) : stood
  const { grants, department_id } = (await granted(ctx, [owner]))(owner, department)
  // Those who work with the customer besides its owner go on doing so under the next one.
  const left = [everyone, before.owner_id, before.department_id]
  const kept = Array.isArray(before.grants)
    ? before.grants.filter((each) => !left.includes(each))
    : []
  return { department_id, grants: [...grants, ...kept] }
}

const ownerOf = (values: Values): number | null =>
  typeof values.owner_id === 'number' ? values.owner_id : null

const address = (entity: Entity, row: Values) => ({
  customer_id: String(entity.root ? row.id : row.customer_id),
  subject_id: String(row.id),
})

const emptied = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === '' ? null : value]),
  )

const differs = (before: unknown, after: unknown) =>
  after !== undefined && JSON.stringify(comparable(before)) !== JSON.stringify(comparable(after))

const comparable = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : (value ?? null)
