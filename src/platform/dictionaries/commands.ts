import { type Ctx, HOME } from '../database/ctx.ts'
import { inTurn } from '../database/locks.ts'
import type { InputOf } from '../door/contract.ts'
import { AppError, badField, missing } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { choiceNamed } from '../fields/choices.ts'
import type { Choice, Locale } from '../fields/field.ts'
import { fold } from '../search/fold.ts'
import type { Dictionary, dictionaries } from './contract.ts'
import { requireUnnamed } from './places.ts'
import { countUses, type Use, usesOf } from './uses.ts'

export const create = async (ctx: Ctx, input: InputOf<typeof dictionaries.create>) => {
  requireDistinct(input.entries)
  await requireOwnLabel(ctx, input.label)
  const rows = await ctx.db.selectFrom('dictionary').select(['name', 'position']).execute()
  const taken = new Set(rows.map(({ name }) => name))
  const id = freeKey('d', taken)
  await ctx.db
    .insertInto('dictionary')
    .values({
      ...{ name: id, label: JSON.stringify(input.label), entries: JSON.stringify(input.entries) },
      position: Math.max(0, ...rows.map(({ position }) => position)) + 1,
      ...{ version: 1, created_at: ctx.now, created_by: ctx.actor.id },
      ...{ updated_at: ctx.now, updated_by: ctx.actor.id, deleted_at: null },
    })
    .execute()
  const made = { id, label: input.label, entries: input.entries, version: 1 }
  await note(ctx, 'created', made)
  return made
}

/**
 * Changes a list. Records keep values, so a new name changes none of them; the old name goes on to be
 * understood in imports. An entry leaves the list only when no record holds it: else it is retired.
 */
export const update = async (ctx: Ctx, input: InputOf<typeof dictionaries.update>) => {
  const before = await held(ctx, input.id)
  requireVersion(before, input.version)
  if (input.label && input.label.zh !== before.label.zh)
    await requireOwnLabel(ctx, input.label, input.id)
  const entries = (input.entries ?? before.entries).map((entry) => renamed(before.entries, entry))
  requireDistinct(entries)
  await requireUnused(ctx, await usesOf(ctx, input.id), before.entries, entries)
  return store(ctx, { ...before, label: input.label ?? before.label, entries })
}

/** Deletes a list that no field draws from. */
export const remove = async (ctx: Ctx, input: InputOf<typeof dictionaries.remove>) => {
  const before = await held(ctx, input.id)
  requireVersion(before, input.version)
  const uses = await usesOf(ctx, input.id)
  if (uses.length > 0)
    throw new AppError('conflict', 'dictionary_in_use', {
      facts: { fields: uses.map((use) => named(use, ctx.actor.locale)).join('、') },
    })
  await ctx.db
    .updateTable('dictionary')
    .set({ deleted_at: ctx.now, version: before.version + 1 })
    .where('name', '=', input.id)
    .execute()
  await note(ctx, 'deleted', before)
  return { ok: true as const }
}

/**
 * The entry of a list that these words mean, made when there is none; a retired one is taken up again.
 * For imports that bring new words. Gives its value. The caller needs `fields.manage`.
 */
export const addEntry = async (ctx: Ctx, dictionary: string, label: string): Promise<string> => {
  if (!ctx.actor.reach('fields.manage'))
    throw new AppError('forbidden', 'permission_missing', {
      facts: { permission: 'fields.manage' },
    })
  const before = await held(ctx, dictionary)
  const known = choiceNamed(before.entries, label)
  if (known && !known.retired) return known.value
  const value = known?.value ?? freeKey('c', new Set(before.entries.map((each) => each.value)))
  const entries = known
    ? before.entries.map((each) => (each === known ? { ...each, retired: false } : each))
    : [...before.entries, { value, label: { zh: label.trim(), en: '' } }]
  await store(ctx, { ...before, entries })
  return value
}

const named = ({ entity, field }: Use, locale: Locale) =>
  `${entity.label[locale]} · ${field.label[locale]}`

/** Two lists of one name could not be told apart where a field chooses one. */
const requireOwnLabel = async (ctx: Ctx, { zh }: Dictionary['label'], id = '') => {
  await inTurn(ctx.db, 'fields')
  const others = await ctx.db
    .selectFrom('dictionary')
    .select('label')
    .where('deleted_at', 'is', null)
    .where('name', '!=', id)
    .execute()
  const taken = others.some(({ label }) => fold(label.zh) === fold(zh))
  if (taken) throw badField('label.zh', 'dictionary_label_taken', { name: zh })
}

/** Refuses to drop a choice that records hold, or that something goes by, and says what. */
export const requireUnused = async (
  ctx: Ctx,
  uses: readonly Use[],
  before: readonly Choice[],
  after: readonly Choice[],
  path = 'entries',
) => {
  const kept = new Set(after.map(({ value }) => value))
  const gone = before.filter((each) => !kept.has(each.value))
  for (const { value, label } of gone) {
    const count = await countUses(ctx, uses, value)
    if (count > 0)
      throw new AppError('conflict', 'choice_in_use', {
        errors: [{ path, reason: 'choice_in_use', values: { value: label.zh, count, key: value } }],
      })
  }
  if (gone.length > 0) await requireUnnamed(ctx, uses, gone, after, path)
}

/** Two choices of one name or value could not be told apart. */
export const requireDistinct = (entries: readonly Choice[], path = 'entries') => {
  const values = new Set<string>()
  const names = new Set<string>()
  for (const { value, label } of entries) {
    if (values.has(value)) throw badField(path, 'choice_twice', { value: label.zh })
    if (names.has(label.zh)) throw badField(path, 'choice_named_twice', { value: label.zh })
    values.add(value)
    names.add(label.zh)
  }
}

/** The entry with its former name among the words that imports understand. */
export const renamed = <C extends Choice>(before: readonly Choice[], entry: C): C => {
  const former = before.find(({ value }) => value === entry.value)?.label.zh
  const { aliases = [], label } = entry
  if (!former || former === label.zh || aliases.includes(former)) return entry
  return { ...entry, aliases: [...aliases.filter((each) => each !== label.zh), former].slice(-30) }
}

const freeKey = (prefix: string, taken: ReadonlySet<string>) => {
  for (let next = 1; ; next += 1) if (!taken.has(`${prefix}${next}`)) return `${prefix}${next}`
}

const held = async (ctx: Ctx, name: string): Promise<Dictionary> => {
  const row = await ctx.db
    .selectFrom('dictionary')
    .select(['name as id', 'label', 'version', 'entries'])
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw missing()
  return row
}

const requireVersion = (before: Dictionary, version: number) => {
  if (before.version !== version)
    throw new AppError('changed', 'record_changed', { facts: { current: before, changed: [] } })
}

const store = async (ctx: Ctx, { id, label, entries, version }: Dictionary) => {
  await ctx.db
    .updateTable('dictionary')
    .set({
      ...{ label: JSON.stringify(label), entries: JSON.stringify(entries), version: version + 1 },
      ...{ updated_at: ctx.now, updated_by: ctx.actor.id },
    })
    .where('name', '=', id)
    .execute()
  const stored = { id, label, entries, version: version + 1 }
  await note(ctx, 'updated', stored)
  return stored
}

const note = (ctx: Ctx, verb: string, { id, label, entries }: Omit<Dictionary, 'version'>) =>
  emit(ctx, [
    {
      kind: `dictionary.${verb}`,
      ...{ customer_id: HOME, subject_kind: 'dictionary', subject_id: HOME },
      payload: { dictionary: id, label, entries },
    },
  ])
