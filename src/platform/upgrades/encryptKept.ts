import { sql } from 'kysely'
import { HOME } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { closedPreview } from '../imports/preview.ts'
import { headingOf } from '../imports/reading.ts'
import { turnedLeaves } from './conditions.ts'
import { type Affected, closedValue, type Values } from './names.ts'

const batch = 500

/** What imports, bulk changes, exports and views keep of such values; each part is a transaction. */
export const encryptKept = async (db: Db, all: readonly Affected[]) => {
  await rounds(db, previews)
  await db.transaction().execute((tx) => problems(tx, all))
  for (const each of all) {
    await journal(db, each)
    for (const part of [claims, defaults, bulkRuns, conditionsOfFields])
      await db.transaction().execute((tx) => part(tx, each))
  }
  if (all.length === 0) return
  for (const part of [exportRuns, views]) await db.transaction().execute((tx) => part(tx, all))
}

/** Again and again until a round finds nothing more. */
const rounds = async (db: Db, round: (db: Db) => Promise<number>) => {
  while ((await db.transaction().execute(round)) === batch);
}

const previews = async (db: Db) => {
  const { rows } = await sql<{ id: string; preview: string[][] }>`select id, preview from import
    where customer_id = ${HOME} and jsonb_typeof(preview) = 'array'
    limit ${batch} for no key update`.execute(db)
  const closed = rows.map(({ id, preview }) => ({ id, preview: closedPreview(id, preview) }))
  await sql`update import t set preview = r.preview::jsonb
    from jsonb_to_recordset(${JSON.stringify(closed)}::jsonb) as r(id uuid, preview text)
    where t.customer_id = ${HOME} and t.id = r.id`.execute(db)
  return rows.length
}

/** Problems quote no such cell any more; the row number says where it stands in the file. */
const problems = async (db: Db, all: readonly Affected[]) => {
  const paths = all.flatMap(({ entity, names }) =>
    names.flatMap((name) => [name, `${entity.name}.${name}`]),
  )
  const { rows } = await sql<{ id: string; header: string[]; mapping: (string | null)[] }>`
    select id, header, mapping from import where customer_id = ${HOME} and mapping ?| ${paths}`.execute(
    db,
  )
  for (const { id, header, mapping } of rows) {
    const headings = mapping.flatMap((path, index) =>
      path !== null && paths.includes(path) ? [headingOf(header, index)] : [],
    )
    await sql`update import_problem set value = '***',
        detail = case when detail ? 'value' then detail || '{"value": "***"}' else detail end
      where customer_id = ${HOME} and import_id = ${id} and column_name = any(${headings})
        and value is not null`.execute(db)
  }
}

const journal = async (db: Db, { entity, names }: Affected) => {
  let from: string | undefined = HOME
  while (from) {
    const after: string = from
    from = await db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ id: string; record_id: string; before: Values }>`
        select id, record_id, before from import_row where customer_id = ${HOME} and id > ${after}::uuid
          and entity = ${entity.name} and before ?| ${[...names]}
        order by id limit ${batch} for update`.execute(tx)
      const closed = rows.map(({ id, record_id, before }) => ({
        id,
        before: closedIn(entity.name, record_id, names, before),
      }))
      await sql`update import_row t set before = r.before
        from jsonb_to_recordset(${JSON.stringify(closed)}::jsonb) as r(id uuid, before jsonb)
        where t.customer_id = ${HOME} and t.id = r.id`.execute(tx)
      return rows.length === batch ? rows.at(-1)?.id : undefined
    })
  }
}

/** The memory of an import that runs. */
const claims = async (db: Db, { entity, names }: Affected) => {
  const { rows } = await sql<{ id: string; import_id: string; given: Values; beside: Values[] }>`
    select k.id, k.import_id, k.given, k.beside from import_key k
    where k.customer_id = ${HOME} for update`.execute(db)
  const kinds = await sql<{ id: string; entity: string }>`select id, entity from import
    where id = any(${rows.map(({ import_id }) => import_id)}::uuid[])`.execute(db)
  const kindOf = new Map(kinds.rows.map((row) => [row.id, row.entity]))
  const closed = rows.map(({ id, import_id, given, beside }) =>
    kindOf.get(import_id) === entity.name
      ? { id, beside, given: closedIn(entity.name, import_id, names, given) }
      : {
          ...{ id, given },
          beside: beside.map((each) => closedIn(entity.name, import_id, names, each)),
        },
  )
  await sql`update import_key t set given = r.given, beside = r.beside
    from jsonb_to_recordset(${JSON.stringify(closed)}::jsonb) as r(id uuid, given jsonb, beside jsonb)
    where t.customer_id = ${HOME} and t.id = r.id`.execute(db)
}

/** New records are given such a value by their own row only. */
const defaults = async (db: Db, { entity, names }: Affected) => {
  await sql`update import set defaults = defaults - ${[...names]}::text[]
    where customer_id = ${HOME} and entity = ${entity.name} and defaults ?| ${[...names]}`.execute(
    db,
  )
}

const bulkRuns = async (db: Db, { entity, names }: Affected) => {
  const { rows } = await sql<{ id: string; action: { field: string; value: unknown } }>`
    select id, action from bulk_run where customer_id = ${HOME} and entity = ${entity.name}
      and action ->> 'field' = any(${[...names]}) for update`.execute(db)
  for (const { id, action } of rows) {
    const place = { entity: entity.name, field: action.field, id }
    const closed = { ...action, value: closedValue(place, action.value) }
    await sql`update bulk_run set action = ${JSON.stringify(closed)}::jsonb
      where customer_id = ${HOME} and id = ${id}`.execute(db)
  }
}

/**
 * A field that was shown or required by such a value is from here on as by a field that is retired: shown
 * always, required nowhere. Its version tells every process.
 */
const conditionsOfFields = async (db: Db, { entity, names, results }: Affected) => {
  await sql`update custom_field set definition = definition - 'when' - 'required', version = version + 1
    where entity = ${entity.name}
      and definition #>> '{when,field}' = any(${[...names, ...results]})`.execute(db)
}

/** A file that was asked for by such a value is made or was given up; what it was is told no more. */
const exportRuns = async (db: Db, all: readonly Affected[]) => {
  const { rows } = await sql<{ id: string; entity: string; question: Values }>`
    select id, entity, question from export_run where customer_id = ${HOME}
      and question ? 'filter' for update`.execute(db)
  for (const { id, entity, question } of rows) {
    const filter = turnedLeaves(all, entity, question.filter, (leaf) => ({ ...leaf, value: '***' }))
    if (JSON.stringify(filter) === JSON.stringify(question.filter)) continue
    await sql`update export_run set question = ${JSON.stringify({ ...question, filter })}::jsonb
      where customer_id = ${HOME} and id = ${id}`.execute(db)
  }
}

/** A view by a whole value shows from here on what is filled: no condition takes the value any more. */
const views = async (db: Db, all: readonly Affected[]) => {
  const { rows } = await sql<{ id: string; entity: string; definition: Values }>`
    select id, entity, definition from list_view where definition ? 'filter' for update`.execute(db)
  for (const { id, entity, definition } of rows) {
    const filter = turnedLeaves(all, entity, definition.filter, ({ field }) => ({
      ...{ field, is: 'not_empty' },
    }))
    if (JSON.stringify(filter) === JSON.stringify(definition.filter)) continue
    await sql`update list_view set definition = ${JSON.stringify({ ...definition, filter })}::jsonb
      where id = ${id}`.execute(db)
  }
}

const closedIn = (entity: string, id: string, names: readonly string[], values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      names.includes(field) ? closedValue({ entity, field, id }, value) : value,
    ]),
  )
