import { createHash, randomUUIDv7 } from 'node:crypto'
import type { Selectable } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import { AppError, missing } from '../errors/error.ts'
import type { importMappings, KeptMapping } from './contract.ts'
import { foldTitle } from './heading.ts'
import { mergeable, targetsOf } from './mapping.ts'
import type { Importable } from './ports.ts'
import { headedFor, type ImportRow, ownImport } from './rows.ts'
import type { ImportMappingTable } from './table.ts'

type Kept = Selectable<ImportMappingTable>

/** The mapping kept for a table with these headings: the person's own before a shared one. */
export const keptFor = async (ctx: Ctx, importable: Importable, header: readonly string[]) => {
  const found = await readable(ctx)
    .where('entity', '=', importable.entity.name)
    .where('headings', '=', digestOf(header))
    .orderBy('updated_at', 'desc')
    .execute()
  const kept = found.find((each) => each.created_by === ctx.actor.id) ?? found[0]
  if (!kept) return undefined
  const targets = targetsOf(ctx, importable)
  const byHeading = Map.groupBy(kept.columns, ({ heading }) => foldTitle(heading))
  const taken = new Set<string>()
  const mapping = header.map((heading) => {
    const path = byHeading.get(foldTitle(heading))?.shift()?.path ?? null
    const target = path === null ? undefined : targets.get(path)
    // A field may have gone since, or be no longer this person's to write.
    if (path === null || !target || (taken.has(path) && !mergeable(target))) return null
    taken.add(path)
    return path
  })
  const { name, dates, decisions } = kept
  const key = kept.key !== null && mapping.includes(kept.key) ? kept.key : null
  const may = (verb: string) => ctx.actor.reach(`${importable.entity.plural}.${verb}`) !== undefined
  const changes = kept.mode !== 'insert' && key !== null && may('edit')
  return { name, dates, decisions, mapping, key, mode: changes ? kept.mode : ('insert' as const) }
}

export const listMappings = async (
  ctx: Ctx,
  { entity }: InputOf<typeof importMappings.listMappings>,
) => {
  const rows = await readable(ctx)
    .$if(entity !== undefined, (query) => query.where('entity', '=', entity ?? ''))
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .execute()
  return { items: rows.map((row) => answerOf(ctx, row)) }
}

/** Keeps how an import reads its table; under the name of an own one it takes that one's place. */
export const keepMapping = async (
  ctx: Ctx,
  { import_id, name, shared }: InputOf<typeof importMappings.keepMapping>,
) => {
  const stored = await ownImport(ctx, import_id)
  requireShareable(ctx, shared)
  const said = saidBy(stored)
  await ctx.db
    .deleteFrom('import_mapping')
    .where('customer_id', '=', HOME)
    .where('entity', '=', stored.entity)
    .where('created_by', '=', ctx.actor.id)
    .where('name', '=', name)
    .execute()
  const row = await ctx.db
    .insertInto('import_mapping')
    .values({
      ...{ customer_id: HOME, id: randomUUIDv7(), entity: stored.entity, name, shared },
      ...said,
      ...{ version: 1, created_at: ctx.now, created_by: ctx.actor.id },
      ...{ updated_at: ctx.now, updated_by: ctx.actor.id },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return answerOf(ctx, row)
}

export const changeMapping = async (
  ctx: Ctx,
  input: InputOf<typeof importMappings.changeMapping>,
) => {
  const before = await own(ctx, input)
  requireShareable(ctx, input.shared === true && !before.shared)
  const stored = input.import_id === undefined ? undefined : await ownImport(ctx, input.import_id)
  if (stored && stored.entity !== before.entity) throw missing()
  const row = await ctx.db
    .updateTable('import_mapping')
    .set({
      name: input.name ?? before.name,
      shared: input.shared ?? before.shared,
      ...(stored && saidBy(stored)),
      version: before.version + 1,
      ...{ updated_at: ctx.now, updated_by: ctx.actor.id },
    })
    .where('customer_id', '=', HOME)
    .where('id', '=', input.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return answerOf(ctx, row)
}

export const dropMapping = async (ctx: Ctx, input: InputOf<typeof importMappings.dropMapping>) => {
  await own(ctx, input)
  await ctx.db
    .deleteFrom('import_mapping')
    .where('customer_id', '=', HOME)
    .where('id', '=', input.id)
    .execute()
  return { ok: true as const }
}

const saidBy = (stored: ImportRow) => ({
  headings: digestOf(stored.header),
  columns: JSON.stringify(
    stored.header.map((heading, at) => ({ heading, path: stored.mapping[at] ?? null })),
  ),
  mode: stored.mode,
  key: stored.key,
  dates: JSON.stringify(stored.dates),
  // A choice that was made has a value by now; what was to be made is asked about again.
  decisions: JSON.stringify(
    Object.fromEntries(
      Object.entries(stored.decisions).map(([path, words]) => [
        path,
        Object.fromEntries(Object.entries(words).filter(([, each]) => !('make' in each))),
      ]),
    ),
  ),
})

const readable = (ctx: Ctx) =>
  ctx.db
    .selectFrom('import_mapping')
    .selectAll()
    .where('customer_id', '=', HOME)
    .where((each) => each.or([each('created_by', '=', ctx.actor.id), each('shared', '=', true)]))

const own = async (ctx: Ctx, { id, version }: { id: string; version: number }): Promise<Kept> => {
  const row = await readable(ctx).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row || row.created_by !== ctx.actor.id) throw missing()
  if (row.version !== version)
    throw new AppError('changed', 'record_changed', {
      facts: { current: answerOf(ctx, row), changed: [] },
    })
  return row
}

const requireShareable = ({ actor }: Ctx, shared: boolean) => {
  if (shared && !actor.reach('views.share'))
    throw new AppError('forbidden', 'permission_missing', { facts: { permission: 'views.share' } })
}

const answerOf = (ctx: Ctx, row: Kept): KeptMapping => ({
  id: row.id,
  entity: row.entity,
  name: row.name,
  ...headedFor(ctx, row.entity, {
    header: row.columns.map(({ heading }) => heading),
    mapping: row.columns.map(({ path }) => path),
    key: row.key,
  }),
  mode: row.mode,
  shared: row.shared,
  own: row.created_by === ctx.actor.id,
  version: row.version,
  created_by: row.created_by,
  updated_at: row.updated_at,
})

/** The same headings in another order, width or case are the same table. */
const digestOf = (header: readonly string[]) =>
  createHash('sha256')
    .update(JSON.stringify(header.map(foldTitle).sort()))
    .digest('hex')
