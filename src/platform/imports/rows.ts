import type { Selectable } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import { AppError, missing } from '../errors/error.ts'
import { storage } from '../files/storage.ts'
import { mayName } from '../records/known.ts'
import { openTable } from '../tables/openTable.ts'
import { openStoredBundle, unusedOf } from './attachments.ts'
import type { Counts, ImportAnswer } from './contract.ts'
import { importPorts } from './ports.ts'
import { previewOf } from './preview.ts'
import type { ImportTable } from './table.ts'

export type ImportRow = Selectable<ImportTable>

export const noCounts: Counts = {
  rows: 0,
  read: 0,
  created: 0,
  updated: 0,
  skipped: 0,
  failed: 0,
  warned: 0,
}

export const importRow = (ctx: Pick<Ctx, 'db'>, id: string): Promise<ImportRow | undefined> =>
  ctx.db
    .selectFrom('import')
    .selectAll()
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()

/** The imports that the caller may see: their own, and all with `imports.all`. */
export const ownImports = (ctx: Ctx) =>
  ctx.db
    .selectFrom('import')
    .selectAll()
    .where('customer_id', '=', HOME)
    .where('deleted_at', 'is', null)
    .$if(ctx.actor.reach('imports.all') === undefined, (query) =>
      query.where('created_by', '=', ctx.actor.id ?? 0),
    )

export const ownImport = async (ctx: Ctx, id: string): Promise<ImportRow> => {
  const found = await ownImports(ctx).where('id', '=', id).executeTakeFirst()
  if (!found) throw missing()
  return found
}

/** Where the content of the imported file lies on this machine. */
export const contentPath = async (ctx: Pick<Ctx, 'db'>, { file_id }: ImportRow) => {
  const file = await ctx.db
    .selectFrom('file')
    .select('sha256')
    .where('customer_id', '=', HOME)
    .where('id', '=', file_id)
    .executeTakeFirst()
  if (!file) throw missing()
  return storage().path(file.sha256)
}

/** The table of an import, opened as its settings say. */
export const openStored = async (ctx: Pick<Ctx, 'db'>, stored: ImportRow) => {
  const { sheet, encoding, separator, header_row: headerRow } = stored
  return openTable(await contentPath(ctx, stored), { sheet, encoding, separator, headerRow })
}

/**
 * Whether the reader may read the cells: of their own file always; of another's where no field of the
 * kind is covered for them, as any column may hold any of them, whatever it is mapped to.
 */
export const readsCells = (
  { actor }: Pick<Ctx, 'actor'>,
  { entity, created_by }: Pick<ImportRow, 'entity' | 'created_by'>,
): boolean => {
  if (actor.id !== null && created_by === actor.id) return true
  const kind = importPorts().importable.find((each) => each.entity.name === entity)
  if (!kind) return false
  return [kind.entity, ...(kind.beside ? [kind.beside] : [])].every(({ name, fields }) =>
    Object.entries(fields).every(([key, field]) =>
      ['read', 'write'].includes(actor.right(name, key, field)),
    ),
  )
}

/** Refuses the file of another person to whom some of its fields are covered. */
export const requireCells = (ctx: Pick<Ctx, 'actor'>, stored: ImportRow): ImportRow => {
  if (readsCells(ctx, stored)) return stored
  throw new AppError('forbidden', 'permission_missing', { facts: { permission: 'fields.plain' } })
}

/** Refuses what needs the file, the rows or the journal of an import once they are swept. */
export const requireKept = (stored: ImportRow): ImportRow => {
  if (stored.swept_at === null) return stored
  throw new AppError('conflict', 'import_swept', { facts: { at: stored.swept_at } })
}

type Headed = { header: string[]; mapping: (string | null)[]; key: string | null }

/** The headings of a table, without those of columns for fields that the reader may not know of. */
export const headedFor = (
  ctx: Pick<Ctx, 'actor'>,
  name: string,
  { header, mapping, key }: Headed,
): Headed => {
  const kind = importPorts().importable.find((each) => each.entity.name === name)
  const knows = (path: string) =>
    [kind?.entity, kind?.beside].every((entity) => {
      const own = entity && path.replace(entity === kind?.beside ? `${entity.name}.` : '', '')
      const field =
        entity && own && Object.hasOwn(entity.fields, own) ? entity.fields[own] : undefined
      return !entity || !own || !field || mayName(ctx, entity.name, own, field)
    })
  const known = mapping.map((path) => path === null || knows(path))
  return {
    header: header.map((heading, at) => (known[at] === false ? '***' : heading)),
    mapping: mapping.map((path, at) => (known[at] === false ? null : path)),
    key: key !== null && knows(key) ? key : null,
  }
}

const covered = (text: string) => (text === '' ? '' : '***')

export const answerOf = (ctx: Pick<Ctx, 'actor'>, row: ImportRow): ImportAnswer => {
  const { owner_id, ...defaults } = row.defaults
  const reads = readsCells(ctx, row)
  const preview = previewOf(row)
  return {
    id: row.id,
    entity: row.entity,
    status: row.status,
    reason: row.reason,
    ...(row.facts && { facts: row.facts }),
    file_name: row.file_name,
    format: row.format,
    encoding: row.encoding,
    separator: row.separator,
    sheets: row.sheets,
    sheet: row.sheet,
    ...(reads
      ? { header: row.header, mapping: row.mapping, key: row.key }
      : headedFor(ctx, row.entity, row)),
    header_row: row.header_row,
    preview: reads ? preview : preview.map((cells) => cells.map(covered)),
    mode: row.mode,
    owner_id: typeof owner_id === 'number' ? owner_id : null,
    defaults: reads ? defaults : {},
    dates: row.dates,
    decisions: reads ? row.decisions : {},
    unread: reads ? row.unread : [],
    archive: row.archive && archiveAnswer(row.archive),
    mapping_name: row.mapping_name,
    counts: row.counts,
    undo: row.undo,
    swept_at: row.swept_at,
    version: row.version,
    created_at: row.created_at,
    created_by: row.created_by,
    updated_at: row.updated_at,
  }
}

const shownUnused = 50

const archiveAnswer = (archive: NonNullable<ImportRow['archive']>) => {
  const unused = unusedOf(archive)
  return {
    files: archive.files.length,
    unused: unused.slice(0, shownUnused),
    unused_count: unused.length,
  }
}

/** The zip that a table came in. */
export const bundleOf = async (ctx: Pick<Ctx, 'db'>, { archive_file_id }: ImportRow) => {
  if (archive_file_id === null) return undefined
  const file = await ctx.db
    .selectFrom('file')
    .select('sha256')
    .where('customer_id', '=', HOME)
    .where('id', '=', archive_file_id)
    .executeTakeFirst()
  if (!file) throw missing()
  return openStoredBundle(file.sha256)
}
