import { type Ctx, HOME, type Right } from '../database/ctx.ts'
import { indexQueue } from '../database/indexes.ts'
import { inTurn } from '../database/locks.ts'
import { renamed, requireUnused } from '../dictionaries/commands.ts'
import { list as dictionaries } from '../dictionaries/queries.ts'
import { ownUse } from '../dictionaries/uses.ts'
import type { InputOf } from '../door/contract.ts'
import { AppError, badField, missing } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { type Definition, fieldFrom, fieldsWith } from '../fields/definition.ts'
import type { Entity } from '../fields/entity.ts'
import type { Fields, Label } from '../fields/field.ts'
import { sameLabel } from '../fields/headings.ts'
import { isBroken } from '../formulas/broken.ts'
import { addJob, addJobTwice } from '../jobs/jobs.ts'
import { counterOf } from '../records/numbers.ts'
import { entityNamed } from '../records/registry.ts'
import { readings } from '../search/pinyin.ts'
import { list as machines } from '../stages/queries.ts'
import type { customFields } from './contract.ts'
import { find, list, retired } from './queries.ts'
import { raised, requireFormulas, sound } from './soundness.ts'
import { requireUnnamed } from './uses.ts'

/** So many on one kind of record; a form with more is no form. */
const most = 500
/** Each order has an index, which every write of a record keeps up. */
const mostSorted = 40

export const create = async (
  ctx: Ctx,
  { entity, definition: given }: InputOf<typeof customFields.create>,
) => {
  const known = entityNamed(entity)
  await inTurn(ctx.db, 'fields')
  const own = (await list(ctx)).filter((each) => each.entity === entity)
  const name = given.name ?? (await freeName(ctx, entity, given.label))
  const definitions = own.map((each) => each.definition)
  const definition = sound({ ...given, name }, fieldsWith(known, definitions))
  await requireRoom(ctx, known, definition, definitions)
  const before = await ctx.db
    .selectFrom('custom_field')
    .select(['deleted_at', 'version'])
    .where('entity', '=', entity)
    .where('name', '=', definition.name)
    .executeTakeFirst()
  // A retired name keeps its values; giving it to another kind would misread them.
  if (before) throw badField('definition.name', 'field_name_taken')
  await ctx.db
    .insertInto('custom_field')
    .values({
      entity,
      name: definition.name,
      definition,
      position: (own.at(-1)?.position ?? 0) + 1,
      version: 1,
      created_at: ctx.now,
      created_by: ctx.actor.id,
      updated_at: ctx.now,
      updated_by: ctx.actor.id,
      deleted_at: null,
    })
    .execute()
  await changed(ctx, 'created', entity, definition)
  return find(ctx, `${entity}.${definition.name}`)
}

/** Changes a field. Its kind stays, and a choice that records hold is renamed or retired, not removed. */
export const update = async (ctx: Ctx, input: InputOf<typeof customFields.update>) => {
  await inTurn(ctx.db, 'fields')
  const before = await unchanged(ctx, input)
  const wanted = input.definition ?? before.definition
  if (wanted.name !== before.definition.name) throw badField('definition.name', 'field_name_stays')
  if (wanted.kind !== before.definition.kind) throw badField('definition.kind', 'field_kind_stays')
  if (wanted.kind === 'formula' && (wanted.result ?? 'number') !== before.definition.result)
    throw badField('definition.result', 'field_kind_stays')
  if (wanted.dictionary !== before.definition.dictionary)
    throw badField('definition.dictionary', 'dictionary_stays')
  const others = await othersThan(ctx, before)
  const known = entityNamed(before.entity)
  const fieldsBefore = fieldsWith(known, [...others, before.definition])
  const definition = sound(named(before.definition, wanted), fieldsBefore, before.definition)
  const fields = fieldsWith(known, [...others, definition])
  // Two that bear one label from before can be changed otherwise.
  if (!sameWords(before.definition.label, definition.label))
    requireOwnLabel(definition, fieldsWith(known, others))
  if (!before.definition.sort) requireSorted(definition, others)
  requireFormulas(others, fieldsBefore, fields)
  requireNoGain(ctx, before, definition, fieldsBefore)
  await requireChoices(ctx, known, before.definition, definition)
  for (const each of raised(others, fields)) await raise(ctx, before.entity, each)
  await ctx.db
    .updateTable('custom_field')
    .set({
      definition,
      position: input.position ?? before.position,
      version: input.version + 1,
      updated_at: ctx.now,
      updated_by: ctx.actor.id,
    })
    .where('entity', '=', before.entity)
    .where('name', '=', before.definition.name)
    .execute()
  await changed(ctx, 'updated', before.entity, definition)
  if (isSearched(before.definition) !== isSearched(definition))
    await addJobTwice(ctx, 'search:again', before.entity)
  return find(ctx, input.id)
}

/**
 * Takes a field out of every form, list and answer; the values stay in the records. What named it is told
 * first. With `anyway` all that stays as it is written, and the field is passed over: fields that were
 * shown or required by it are shown always and required nowhere, stages do not ask for it, views with a
 * column of it show the others, views that filter, sort or group by it do not open until it is restored.
 */
export const remove = async (ctx: Ctx, input: InputOf<typeof customFields.remove>) => {
  await inTurn(ctx.db, 'fields')
  const before = await unchanged(ctx, input)
  const known = entityNamed(before.entity)
  const others = await othersThan(ctx, before)
  if (!input.anyway) await requireUnnamed(ctx, known, before.definition, others)
  requireFormulas(
    others,
    fieldsWith(known, [...others, before.definition]),
    fieldsWith(known, others),
  )
  await ctx.db
    .updateTable('custom_field')
    .set({
      deleted_at: ctx.now,
      version: input.version + 1,
      updated_at: ctx.now,
      updated_by: ctx.actor.id,
    })
    .where('entity', '=', before.entity)
    .where('name', '=', before.definition.name)
    .execute()
  await changed(ctx, 'deleted', before.entity, before.definition)
  if (isSearched(before.definition)) await addJobTwice(ctx, 'search:again', before.entity)
  return { ok: true as const }
}

/** Brings a retired field back with the values that records have of it. */
export const restore = async (ctx: Ctx, { id, version }: InputOf<typeof customFields.restore>) => {
  await inTurn(ctx.db, 'fields')
  const before = (await retired(ctx)).items.find((each) => each.id === id)
  if (!before) throw missing()
  if (before.version !== version)
    throw new AppError('changed', 'record_changed', { facts: { current: before, changed: [] } })
  const known = entityNamed(before.entity)
  const others = await othersThan(ctx, before)
  const definition = sound(before.definition, fieldsWith(known, others), before.definition)
  await requireRoom(ctx, known, definition, others)
  await ctx.db
    .updateTable('custom_field')
    .set({
      ...{ definition, deleted_at: null, version: version + 1 },
      ...{ updated_at: ctx.now, updated_by: ctx.actor.id },
    })
    .where('entity', '=', before.entity)
    .where('name', '=', definition.name)
    .execute()
  await changed(ctx, 'restored', before.entity, definition)
  if (isSearched(definition)) await addJobTwice(ctx, 'search:again', before.entity)
  return find(ctx, id)
}

/** What a field among the live ones must keep to: how many there are, what they are called, and what orders. */
const requireRoom = async (
  ctx: Ctx,
  known: Entity,
  definition: Definition,
  others: readonly Definition[],
) => {
  if (others.length >= most) throw new AppError('conflict', 'fields_at_limit', { facts: { most } })
  const fields = fieldsWith(known, others)
  requireOwnLabel(definition, fields)
  requireSorted(definition, others)
  if (definition.kind === 'serial' && counterOf({ fields }) !== undefined)
    throw badField('definition.kind', 'numbered_already')
  await requireDictionary(ctx, definition)
}

const requireSorted = ({ sort }: Definition, others: readonly Definition[]) => {
  if (sort && others.filter((each) => each.sort).length >= mostSorted)
    throw badField('definition.sort', 'sorts_at_limit', { most: mostSorted })
}

const isSearched = (definition: Definition) => fieldFrom(definition).search !== undefined

const strength: readonly Right[] = ['hidden', 'masked', 'read', 'write']

/** Whoever lowers how sensitive a field is would else come to see what was kept from them. */
const requireNoGain = (
  { actor }: Ctx,
  { entity, definition: before }: { entity: string; definition: Definition },
  after: Definition,
  fields: Fields,
) => {
  // A broken formula is hidden from everybody; mending it takes the right to what it was.
  const { formula: _, ...alone } = fieldFrom(before)
  const was = actor.right(entity, before.name, isBroken(before, fields) ? alone : fieldFrom(before))
  const will = actor.right(entity, after.name, fieldFrom(after))
  if (strength.indexOf(will) > strength.indexOf(was))
    throw new AppError('forbidden', 'rights_beyond_own', {
      facts: { permission: `${entity}.${before.name}` },
    })
}

/** Lists, exports and imports know fields by their labels. */
const requireOwnLabel = ({ name, label }: Definition, fields: Fields) => {
  const other = sameLabel(label, fields, name)
  if (other !== undefined) throw badField('definition.label', 'label_taken', { name: label.zh })
}

const sameWords = (one: Label, other: Label) => one.zh === other.zh && one.en === other.en

const requireDictionary = async (ctx: Ctx, { dictionary }: Definition) => {
  if (dictionary === undefined) return
  const found = (await dictionaries(ctx)).some(({ id }) => id === dictionary)
  if (!found) throw badField('definition.dictionary', 'dictionary_unknown')
}

/** Imports and formulas go on to know the choices by their former names. */
const named = (before: Definition, wanted: Definition): Definition =>
  wanted.choices
    ? { ...wanted, choices: wanted.choices.map((each) => renamed(before.choices ?? [], each)) }
    : wanted

/** Choices that are stages are shaped with their moves, in one place. */
const requireChoices = async (
  ctx: Ctx,
  entity: Entity,
  before: Definition,
  { choices = [] }: Definition,
) => {
  const was = before.choices ?? []
  if (JSON.stringify(was) === JSON.stringify(choices)) return
  const id = `${entity.name}.${before.name}`
  if ((await machines(ctx)).some((each) => each.id === id && each.machine))
    throw badField('definition.choices', 'choices_are_stages')
  await requireUnused(ctx, [ownUse(entity, before)], was, choices, 'definition.choices')
}

const raise = async (ctx: Ctx, entity: string, definition: Definition) => {
  await ctx.db
    .updateTable('custom_field')
    .set(({ eb }) => ({
      definition,
      version: eb('version', '+', 1),
      updated_at: ctx.now,
      updated_by: ctx.actor.id,
    }))
    .where('entity', '=', entity)
    .where('name', '=', definition.name)
    .execute()
  await note(ctx, 'updated', entity, definition)
}

/** 合同金额 becomes x_hetongjine, with a number behind it where that was used before. */
const freeName = async (ctx: Ctx, entity: string, { zh, en }: Label) => {
  const sound = readings(zh, { person: false })[0]?.syllables.join('') ?? ''
  const words = (en ? en.toLowerCase().replace(/[^a-z0-9]+/g, '_') : sound).replace(
    /^[^a-z]+|_+$/g,
    '',
  )
  const base = `x_${words.slice(0, 30) || 'field'}`
  const used = await ctx.db
    .selectFrom('custom_field')
    .select('name')
    .where('entity', '=', entity)
    .where('name', 'like', `${base.replace(/_/g, '\\_')}%`)
    .execute()
  const taken = new Set(used.map(({ name }) => name))
  for (let next = 2, name = base; ; name = `${base}_${next++}`) if (!taken.has(name)) return name
}

const unchanged = async (ctx: Ctx, input: { id: string; version: number }) => {
  const before = await find(ctx, input.id)
  if (before.version !== input.version)
    throw new AppError('changed', 'record_changed', { facts: { current: before, changed: [] } })
  return before
}

const othersThan = async (ctx: Ctx, { id, entity }: { id: string; entity: string }) => {
  const items = await list(ctx)
  return items
    .filter((each) => each.entity === entity && each.id !== id)
    .map((each) => each.definition)
}

const note = (ctx: Ctx, verb: string, entity: string, definition: Definition) =>
  emit(ctx, [
    {
      kind: `custom_field.${verb}`,
      customer_id: HOME,
      subject_kind: 'custom_field',
      subject_id: HOME,
      payload: { entity, definition },
    },
  ])

const changed = async (ctx: Ctx, verb: string, entity: string, definition: Definition) => {
  await note(ctx, verb, entity, definition)
  await addJob(ctx, 'fields:index', { entity, name: definition.name }, { queue: indexQueue })
  if (definition.kind === 'serial' && verb !== 'deleted')
    await addJobTwice(ctx, 'fields:numbers', entity)
  const items = await list(ctx)
  if (items.some((each) => each.entity === entity && each.definition.kind === 'formula'))
    await addJobTwice(ctx, 'fields:formulas', entity)
}
