import { type Ctx, HOME } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import { AppError, badField } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import type { Definition } from '../fields/definition.ts'
import type { Label } from '../fields/field.ts'
import { addJob } from '../jobs/jobs.ts'
import { entityNamed } from '../records/registry.ts'
import { readings } from '../search/pinyin.ts'
import type { customFields } from './contract.ts'
import { find, list } from './queries.ts'
import { fieldsWith, requireFormulas, sound } from './soundness.ts'

/** So many on one kind of record; a form with more is no form. */
const most = 500

export const create = async (
  ctx: Ctx,
  { entity, definition: given }: InputOf<typeof customFields.create>,
) => {
  const known = entityNamed(entity)
  const { items } = await list(ctx)
  const own = items.filter((each) => each.entity === entity)
  if (own.length >= most) throw new AppError('conflict', 'fields_at_limit', { facts: { most } })
  const name = given.name ?? (await freeName(ctx, entity, given.label))
  const definitions = own.map((each) => each.definition)
  const definition = sound({ ...given, name }, fieldsWith(known, definitions))
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

/** Changes a field. Its kind stays, and choices that records may hold are only added or renamed. */
export const update = async (ctx: Ctx, input: InputOf<typeof customFields.update>) => {
  const before = await unchanged(ctx, input)
  const wanted = input.definition ?? before.definition
  if (wanted.name !== before.definition.name) throw badField('definition.name', 'field_name_stays')
  if (wanted.kind !== before.definition.kind) throw badField('definition.kind', 'field_kind_stays')
  if (wanted.kind === 'formula' && (wanted.result ?? 'number') !== before.definition.result)
    throw badField('definition.result', 'field_kind_stays')
  const others = await othersThan(ctx, before)
  const known = entityNamed(before.entity)
  const definition = sound(wanted, fieldsWith(known, [...others, before.definition]))
  requireFormulas(others, fieldsWith(known, [...others, definition]))
  const kept = new Set(definition.choices?.map(({ value }) => value))
  const lost = before.definition.choices?.find(({ value }) => !kept.has(value))
  if (lost) throw badField('definition.choices', 'choice_in_use', { value: lost.label.zh })
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
  return find(ctx, input.id)
}

/** Takes a field out of every form, list and answer; the values stay in the records. */
export const remove = async (ctx: Ctx, input: InputOf<typeof customFields.remove>) => {
  const before = await unchanged(ctx, input)
  const others = await othersThan(ctx, before)
  requireFormulas(others, fieldsWith(entityNamed(before.entity), others))
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
  return { ok: true as const }
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
  const { items } = await list(ctx)
  return items
    .filter((each) => each.entity === entity && each.id !== id)
    .map((each) => each.definition)
}

const changed = async (ctx: Ctx, verb: string, entity: string, definition: Definition) => {
  await emit(ctx, [
    {
      kind: `custom_field.${verb}`,
      customer_id: HOME,
      subject_kind: 'custom_field',
      subject_id: HOME,
      payload: { entity, definition },
    },
  ])
  await addJob(ctx, 'fields:index', { entity, name: definition.name })
  const { items } = await list(ctx)
  if (items.some((each) => each.entity === entity && each.definition.kind === 'formula'))
    await addJob(ctx, 'fields:formulas', { entity }, { key: `fields:formulas:${entity}` })
}
