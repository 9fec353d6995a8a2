import { type RawBuilder, sql } from 'kysely'
import { keysOf } from '#platform/accounts/stored.ts'
import type { Actor, Ctx } from '#platform/database/ctx.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { countCap } from '#platform/lists/lists.ts'
import { mayName } from '#platform/records/known.ts'
import { entities } from '#platform/records/registry.ts'
import { unshared } from '#platform/records/shares.ts'
import { ownHomeRows, visible } from '#platform/records/visible.ts'
import * as holders from '../holders/queries.ts'
import * as people from '../people/queries.ts'
import * as posts from '../posts/queries.ts'
import * as roles from '../roles/queries.ts'
import {
  fieldSourcesOf,
  file,
  furtherKeys,
  rightsOf,
  sourcesOf,
  type Verb,
  verbs,
} from '../roles/rules.ts'
import type { Explanation } from './contract.ts'

/** What a person sees and may do now, and by what; seven statements. */
export const person = async (ctx: Ctx, { id }: { id: number }): Promise<Explanation> => {
  const [row, held] = [await people.find(ctx, id), await holders.holderOf(ctx, id)]
  const who = { ...held, roles: row.active ? held.roles : [] }
  const actor = holders.actorFrom(who)
  const own = { ...ctx, actor }
  const [reached, alone] = [await countsOf(own), await countsOf(unshared(own))]
  const account = await people.accountNamed(ctx, id)
  return {
    person: { id, name: row.name, department_id: row.department_id, active: row.active },
    roles: await heldRoles(ctx, row, held.roles),
    kinds: kinds().map(({ name, label, owned }) => ({
      ...{ name, label },
      verbs: verbs
        .filter((verb) => verb !== 'transfer' || owned)
        .map((verb) => {
          const at = `${name}.${verb}`
          const count = reached.get(at)
          return {
            verb,
            sources: sourcesOf(who, who.roles, name, verb).map(({ principals: _, ...source }) => ({
              ...source,
              departments: [...source.departments],
            })),
            reached: count === undefined ? null : capped(count),
            shared: (count ?? 0) - (alone.get(at) ?? 0),
          }
        }),
    })),
    fields: entities().flatMap((entity) => fieldsOf(ctx, who, actor, entity)),
    keys: Object.entries(furtherKeys)
      .filter(([key]) => actor.reach(key))
      .map(([key, label]) => ({
        ...{ key, label },
        roles: who.roles.filter((role) => rightsOf(role).keys.includes(key)).map((role) => role.id),
      })),
    api_keys: account ? await keysOf(ctx.db, account) : [],
  }
}

export const mine = (ctx: Ctx) => person(ctx, { id: ctx.actor.id ?? 0 })

type Kind = {
  name: string
  plural: string
  label: Explanation['kinds'][number]['label']
  owned: boolean
  entity?: Entity
}

const kinds = (): Kind[] => [
  ...entities().map((entity) => ({
    ...{ name: entity.name, plural: entity.plural, label: entity.label, entity },
    owned: entity.fields.owner_id?.kind === 'person',
  })),
  { ...file, owned: false },
]

/** Verbs about records that are there. */
const counted: readonly Verb[] = ['view', 'edit', 'delete', 'export', 'transfer']

/**
 * How many records each verb reaches, by `<kind>.<verb>`, as lists would count them: seen, and within
 * reach of the verb; one statement, and no count looks further than the cap.
 */
const countsOf = async (ctx: Ctx): Promise<Map<string, number>> => {
  const asked = kinds().flatMap((kind) =>
    counted
      .filter(
        (verb) => (verb !== 'transfer' || kind.owned) && ctx.actor.reach(`${kind.plural}.${verb}`),
      )
      .map((verb) => ({ name: `${kind.name}.${verb}`, rows: rowsOf(ctx, kind, verb) })),
  )
  if (asked.length === 0) return new Map()
  const { rows } = await sql<Record<string, number>>`select ${sql.join(
    asked.map(
      ({ name, rows }) =>
        sql`(select count(*) from (${rows} limit ${countCap + 1}) counted) as ${sql.id(name)}`,
    ),
  )}`.execute(ctx.db)
  return new Map(Object.entries(rows[0] ?? {}))
}

const rowsOf = (ctx: Ctx, { name, plural, entity }: Kind, verb: Verb): RawBuilder<unknown> => {
  const seen = sql`${visible(ctx, `${plural}.view`, 'v')} and ${visible(ctx, `${plural}.${verb}`, 'v')}`
  if (entity?.root)
    return sql`select 1 from ${sql.table(name)} v where v.deleted_at is null and ${seen}`
  const own = entity ? ownHomeRows(ctx, entity) : sql`false`
  return sql`select 1 from ${sql.table(name)} t join customer v on v.id = t.customer_id
    where t.deleted_at is null and ((${seen}) or ${own})`
}

const capped = (count: number) => ({
  count: Math.min(count, countCap),
  more: count > countCap,
})

/** Those that the reader may know of. */
const fieldsOf = (ctx: Ctx, who: holders.Held, actor: Actor, { name: entity, fields }: Entity) =>
  Object.entries(fields)
    .filter(([name, field]) => mayName(ctx, entity, name, field))
    .map(([name, field]) => ({
      ...{ entity, name, label: { ...field.label }, right: actor.right(entity, name, field) },
      sources: fieldSourcesOf(who, entity, name, field.sensitivity),
    }))

/** By which post a role is held, if not by oneself. */
const heldRoles = async (
  ctx: Ctx,
  row: { roles: string[]; post_id: string | null },
  held: readonly { id: string }[],
) => {
  const items = await roles.all(ctx)
  const post =
    row.post_id === null
      ? undefined
      : (await posts.list(ctx)).items.find(({ id }) => id === row.post_id)
  return held.flatMap(({ id }) => {
    const role = items.find((each) => each.id === id)
    if (!role) return []
    const { zh, en } = role.label
    return [{ id, label: { zh, en }, post: row.roles.includes(id) ? null : (post?.name ?? null) }]
  })
}
