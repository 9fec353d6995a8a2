import { randomUUIDv7 } from 'node:crypto'
import { sql, type Updateable } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { InputOf, Received } from '../door/contract.ts'
import { AppError, badField } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { keyNames } from '../fields/entity.ts'
import { keep, receive } from '../files/commands.ts'
import { storage } from '../files/storage.ts'
import { addJob } from '../jobs/jobs.ts'
import { isBundle } from '../tables/bundle.ts'
import { openStoredBundle } from './attachments.ts'
import type { ImportAnswer, imports, Mode, Status, Undo } from './contract.ts'
import { requireDecisions } from './decisions.ts'
import { describe } from './describe.ts'
import { makeChoices } from './growing.ts'
import { keptFor } from './keeping.ts'
import { keepImportSettings } from './keptDays.ts'
import { defaultKey, guessMapping, knownHeadings, requireMapping, targetsOf } from './mapping.ts'
import { requirePermissions } from './permissions.ts'
import { type Importable, importableNamed, importableOf } from './ports.ts'
import { closedPreview, previewOf } from './preview.ts'
import { answerOf, contentPath, type ImportRow, noCounts, ownImport, requireKept } from './rows.ts'
import { initialDefaults, newDefaults } from './settings.ts'
import { planUndo } from './standing.ts'
import { requireStillMapped } from './stillMapped.ts'
import type { ImportTable } from './table.ts'
import { forgetClaims } from './work.ts'

/** Stores a table and reads its first rows; nothing is taken over until it is checked and run. */
export const createImport = async (
  ctx: Ctx,
  given: { entity: string; name: string; content: Received },
): Promise<ImportAnswer> => {
  const kind = importableNamed(given.entity)
  requirePermissions(ctx, kind)
  const upload = await keep(ctx, { customer_id: HOME, name: given.name, content: given.content })
  const bundled = (await isBundle(storage().path(upload.sha256)))
    ? await unpacked(ctx, upload.sha256)
    : undefined
  const file = bundled?.file ?? upload
  const importable = { ...kind, files: bundled !== undefined }
  const names = knownHeadings(ctx, importable)
  const table = await describe(storage().path(file.sha256), {}, names)
  const id = randomUUIDv7()
  const guessed = guessMapping(ctx, importable, table.header)
  const kept = await keptFor(ctx, importable, table.header)
  const mapping = kept?.mapping ?? guessed
  const stored = await ctx.db
    .insertInto('import')
    .values({
      ...table,
      customer_id: HOME,
      id,
      entity: given.entity,
      file_id: file.id,
      file_name: upload.name,
      archive_file_id: bundled ? upload.id : null,
      archive: bundled ? JSON.stringify({ files: bundled.files, used: [] }) : null,
      preview: closedPreview(id, table.preview),
      mapping: JSON.stringify(mapping),
      mode: kept?.mode ?? 'insert',
      key: kept ? kept.key : defaultKey(importable.entity, mapping, table.preview),
      mapping_name: kept?.name ?? null,
      dates: JSON.stringify(kept?.dates ?? {}),
      decisions: JSON.stringify(kept?.decisions ?? {}),
      unread: '[]',
      defaults: JSON.stringify(initialDefaults(ctx, importable.entity)),
      status: 'uploaded',
      reason: null,
      facts: null,
      undo: null,
      counts: JSON.stringify(noCounts),
      next_row: 0,
      version: 1,
      created_at: ctx.now,
      created_by: ctx.actor.id,
      updated_at: ctx.now,
      updated_by: ctx.actor.id,
      deleted_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return answerOf(ctx, stored)
}

/** The table of a zip becomes a file of its own; the others stay in the zip until rows ask for them. */
const unpacked = async (ctx: Ctx, sha256: string) => {
  const bundle = await openStoredBundle(sha256)
  try {
    const content = await receive(bundle.read(bundle.table))
    const file = await keep(ctx, { customer_id: HOME, name: bundle.table, content })
    return { file, files: bundle.files }
  } finally {
    bundle.close()
  }
}

export const create = (ctx: Ctx, { entity, name, upload }: InputOf<typeof imports.create>) =>
  createImport(ctx, { entity, name, content: upload })

/** Changes how the table is read and what its columns mean; a check that was made no longer counts. */
export const update = async (ctx: Ctx, input: InputOf<typeof imports.update>) => {
  const before = await locked(ctx, input.id)
  if (before.version !== input.version)
    throw new AppError('changed', 'record_changed', {
      facts: { current: answerOf(ctx, before), changed: [] },
    })
  requireStatus(before, ['uploaded', 'checked', 'failed', 'cancelled'])
  const importable = importableOf(before)
  const table = await reread(ctx, importable, before, input)
  const header = table?.header ?? before.header
  const guessed = table ? guessMapping(ctx, importable, header) : before.mapping
  const mapping = input.mapping ?? guessed
  // What stood before is judged as a whole where it is checked and run.
  if (input.mapping) requireMapping(ctx, importable, header, mapping)
  const mode = input.mode ?? before.mode
  if (input.decisions) requireDecisions(ctx, targetsOf(ctx, importable), input.decisions)
  requirePermissions(ctx, importable, mode, mapping)
  const after = await store(ctx, before, {
    ...(table && { ...table, preview: closedPreview(before.id, table.preview) }),
    mapping: JSON.stringify(mapping),
    mode,
    key: keyOf(
      importable,
      mapping,
      table?.preview ?? previewOf(before),
      mode,
      input.key,
      before.key,
    ),
    defaults: JSON.stringify(await newDefaults(ctx, importable, before.defaults, input)),
    ...(input.dates && { dates: JSON.stringify(input.dates) }),
    ...(input.decisions && { decisions: JSON.stringify(input.decisions) }),
    ...(table && { mapping_name: null }),
    status: 'uploaded',
    reason: null,
    facts: null,
  })
  return answerOf(ctx, after)
}

/** Starts the dry run, which tells what a run would do and every problem. */
export const check = (ctx: Ctx, { id }: InputOf<typeof imports.check>) =>
  start(ctx, id, 'checking', ['uploaded', 'checked', 'failed', 'cancelled'])

/** Starts the run of an import that was checked. */
export const run = async (ctx: Ctx, { id }: InputOf<typeof imports.run>) => {
  await makeChoices(ctx, await locked(ctx, id))
  const started = await start(ctx, id, 'running', ['checked'])
  const { entity, file_name, mode } = started
  await emit(ctx, [importEvent('import.started', id, { entity, file_name, mode })])
  return started
}

/** Stops after the batch under way; rows already taken over stay and are counted. */
export const cancel = async (ctx: Ctx, { id }: InputOf<typeof imports.cancel>) => {
  const before = await locked(ctx, id)
  requireStatus(before, ['checking', 'running'])
  const after = await store(ctx, before, { status: 'cancelled' })
  await forgetClaims(ctx.db, id)
  if (before.status === 'running')
    await emit(ctx, [importEvent('import.cancelled', id, { counts: before.counts })])
  return answerOf(ctx, after)
}

/** Starts to take the whole import back; once, for what nobody has touched since. */
export const undo = async (ctx: Ctx, { id }: InputOf<typeof imports.undo>) => {
  const before = await locked(ctx, id)
  requireStatus(before, ['done', 'cancelled', 'failed'])
  requirePermissions(ctx, importableOf(before))
  const { total, undoable } = await planUndo(ctx, before)
  if (undoable === 0) throw new AppError('conflict', 'import_not_undoable', { facts: { total } })
  const { id: by } = ctx.actor
  const undo: Undo = { by, at: ctx.now, total, done: 0, kept: 0, from: before.status }
  const after = await store(ctx, before, { status: 'undoing', undo: JSON.stringify(undo) })
  await addJob(ctx, 'imports:work', { id }, { key: `import:${id}` })
  return answerOf(ctx, after)
}

export const set = async (ctx: Ctx, settings: InputOf<typeof imports.set>) => {
  await keepImportSettings(ctx, settings)
  await emit(ctx, [{ ...importEvent('imports.set', HOME, settings), subject_kind: 'setting' }])
  return settings
}

const start = async (ctx: Ctx, id: string, status: Status, from: readonly Status[]) => {
  const before = await locked(ctx, id)
  requireStatus(before, from)
  const importable = importableOf(before)
  requirePermissions(ctx, importable, before.mode, before.mapping)
  requireStillMapped(ctx, importable, before)
  if (!before.mapping.some((path) => path !== null))
    throw new AppError('conflict', 'import_maps_nothing')
  await sql`delete from import_problem where customer_id = ${HOME} and import_id = ${id}`.execute(
    ctx.db,
  )
  await forgetClaims(ctx.db, id)
  const counts = JSON.stringify({ ...noCounts, rows: before.counts.rows })
  const unread = '[]'
  const archive = before.archive && JSON.stringify({ ...before.archive, used: [] })
  const fresh = { status, reason: null, facts: null, counts, next_row: 0, unread, archive }
  const after = await store(ctx, before, fresh)
  await addJob(ctx, 'imports:work', { id }, { key: `import:${id}` })
  return answerOf(ctx, after)
}

type Reading = Pick<
  InputOf<typeof imports.update>,
  'sheet' | 'encoding' | 'separator' | 'header_row'
>

const reread = async (ctx: Ctx, importable: Importable, before: ImportRow, input: Reading) => {
  const { sheet, encoding, separator, header_row: headerRow } = input
  if ([sheet, encoding, separator, headerRow].every((each) => each === undefined)) return undefined
  if (sheet !== undefined && !before.sheets.includes(sheet))
    throw badField('sheet', 'sheet_unknown')
  const reading = {
    sheet: sheet ?? before.sheet ?? undefined,
    encoding: encoding ?? before.encoding ?? undefined,
    separator: separator ?? before.separator ?? undefined,
    headerRow,
  }
  return describe(await contentPath(ctx, before), reading, knownHeadings(ctx, importable))
}

/** The key that was asked for, else the one before as long as a column fills it. */
const keyOf = (
  { entity }: Importable,
  mapping: readonly (string | null)[],
  preview: readonly (readonly string[])[],
  mode: Mode,
  asked: string | null | undefined,
  before: string | null,
) => {
  const keys = keyNames(entity)
  if (keys.length === 0 && (mode !== 'insert' || typeof asked === 'string'))
    throw badField(mode === 'insert' ? 'key' : 'mode', 'kind_without_key')
  const fits = (key: string) => keys.includes(key) && mapping.includes(key)
  if (typeof asked === 'string' && !fits(asked)) throw badField('key', 'key_not_mapped')
  const kept = before !== null && fits(before) ? before : defaultKey(entity, mapping, preview)
  const key = asked === undefined ? kept : asked
  if (key === null && mode !== 'insert') throw badField('key', 'key_needed')
  return key
}

const locked = async (ctx: Ctx, id: string) => {
  await sql`select 1 from import where customer_id = ${HOME} and id = ${id} for update`.execute(
    ctx.db,
  )
  return ownImport(ctx, id)
}

const requireStatus = (stored: ImportRow, allowed: readonly Status[]) => {
  const { status } = requireKept(stored)
  if (!allowed.includes(status))
    throw new AppError('conflict', 'import_not_ready', { facts: { status, needed: allowed } })
}

const store = (
  ctx: Ctx,
  { id, version }: ImportRow,
  change: Updateable<ImportTable>,
): Promise<ImportRow> =>
  ctx.db
    .updateTable('import')
    .set(change)
    .set({ version: version + 1, updated_at: ctx.now, updated_by: ctx.actor.id })
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

const importEvent = (kind: string, id: string, payload: Record<string, unknown>) => ({
  kind,
  customer_id: HOME,
  subject_kind: 'import',
  subject_id: id,
  payload,
})
