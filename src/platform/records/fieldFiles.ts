import { sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import { badField } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { type FileValue, filesIn } from '../fields/fileValue.ts'
import type { Values } from './prepare.ts'

type Place = { customer_id: string; subject_id: string }

/** A file that was taken out of a field can be put back for so long, as its content is kept. */
const keptDays = 30

const fileFields = ({ fields }: Entity) =>
  Object.keys(fields).filter((name) => fields[name]?.kind === 'file')

/**
 * The values with what is known of their files, where a caller gives ids alone. A new file must be an
 * upload of the caller's own that nothing has taken yet, or one that this very field held before.
 */
export const withFiles = async (
  ctx: Ctx,
  entity: Entity,
  place: Place,
  values: Values,
  before: Values = {},
): Promise<Values> => {
  const named = fileFields(entity).filter((name) => filesIn(values[name]).length > 0)
  const known: Values = { ...values }
  for (const name of named) {
    const held = new Map(filesIn(before[name]).map((file) => [file.id, file]))
    const given = filesIn(values[name])
    const fresh = given.filter(({ id }) => !held.has(id)).map(({ id }) => id)
    for (const file of await claimable(ctx, entity, place, name, fresh)) held.set(file.id, file)
    known[name] = given.map(({ id }, at) => {
      const file = held.get(id)
      if (!file) throw badField(`${name}.${at}`, 'file_unknown')
      return file
    })
  }
  return known
}

/** Files go where their record is, and away with being taken out of it. After the record is written. */
export const settleFiles = async (
  ctx: Ctx,
  entity: Entity,
  place: Place,
  after: Values,
  before: Values = {},
) => {
  for (const name of fileFields(entity)) {
    const now = filesIn(after[name]).map(({ id }) => id)
    const then = filesIn(before[name]).map(({ id }) => id)
    const added = now.filter((id) => !then.includes(id))
    const gone = then.filter((id) => !now.includes(id))
    if (added.length > 0) await bring(ctx, entity, place, name, added)
    if (gone.length > 0)
      await sql`update file set deleted_at = ${ctx.now}, updated_at = ${ctx.now},
          updated_by = ${ctx.actor.id}, version = version + 1
        where customer_id = ${place.customer_id}::uuid and id = any(${gone}::uuid[])
          and subject_field = ${name}`.execute(ctx.db)
  }
}

const claimable = async (
  ctx: Ctx,
  entity: Entity,
  { customer_id, subject_id }: Place,
  name: string,
  ids: readonly string[],
): Promise<FileValue[]> => {
  if (ids.length === 0) return []
  const since = new Date(Date.parse(ctx.now) - keptDays * 86_400_000).toISOString()
  const { rows } = await sql<FileValue>`select id, name, size::float8 as size, media_type from file
    where id = any(${[...ids]}::uuid[]) and (
      (customer_id = ${HOME} and subject_kind = 'upload' and created_by = ${ctx.actor.id}
        and deleted_at is null)
      or (customer_id = ${customer_id}::uuid and subject_id = ${subject_id}::uuid
        and subject_kind = ${entity.name} and subject_field = ${name} and deleted_at > ${since}))
    for update`.execute(ctx.db)
  return rows
}

/** A row never changes its customer; what waited under the firm's own record is written anew. */
const bring = async (
  ctx: Ctx,
  entity: Entity,
  { customer_id, subject_id }: Place,
  name: string,
  ids: readonly string[],
) => {
  const wanted = [...ids]
  await sql`update file set deleted_at = null, updated_at = ${ctx.now}, version = version + 1
    where customer_id = ${customer_id}::uuid and id = any(${wanted}::uuid[])
      and subject_id = ${subject_id}::uuid and subject_field = ${name}`.execute(ctx.db)
  await sql`with waiting as (
      delete from file where customer_id = ${HOME} and id = any(${wanted}::uuid[])
        and subject_kind = 'upload' returning *)
    insert into file (customer_id, id, name, size, media_type, sha256, subject_kind, subject_id,
      subject_field, version, created_at, created_by, updated_at, updated_by)
    select ${customer_id}::uuid, id, name, size, media_type, sha256, ${entity.name},
      ${subject_id}::uuid, ${name}, version, created_at, created_by, ${ctx.now}, ${ctx.actor.id}
    from waiting`.execute(ctx.db)
}
