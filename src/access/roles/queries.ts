import { sql } from 'kysely'
import { type Actor, type Ctx, type Right, system } from '#platform/database/ctx.ts'
import { missing } from '#platform/errors/error.ts'
import type { Field } from '#platform/fields/field.ts'
import { systemFields } from '#platform/fields/system.ts'
import { fieldsUsed } from '#platform/formulas/formula.ts'
import { mayName } from '#platform/records/known.ts'
import { entities } from '#platform/records/registry.ts'
import {
  beyond,
  fieldRightOf,
  fieldRights,
  file,
  type Holder,
  type Kind,
  later,
  type Rights,
  reachOf,
} from './rules.ts'

const shown = [
  'id',
  'label',
  'description',
  'built_in',
  'default_scope',
  'departments',
  'rights',
  'version',
] as const

/** Built-in roles first, then those of the firm in the order they were made. */
export const all = async (ctx: Pick<Ctx, 'db'>) =>
  told(ctx).orderBy('built_in', 'desc').orderBy('created_at').orderBy(place).execute()

/** The same for everybody: lines about fields that the reader may not know of are left out. */
export const list = async (ctx: Ctx) => {
  const items = await all(ctx)
  if (ctx.actor.reach('roles.manage')) return { items }
  return {
    items: items.map(({ rights, ...role }) => ({
      ...role,
      rights: { ...rights, fields: namedTo(ctx, rights.fields) },
    })),
  }
}

const namedTo = (ctx: Ctx, lines: Rights['fields']): Rights['fields'] =>
  Object.fromEntries(
    Object.entries(lines).filter(([path]) => {
      const [entity = '', name = ''] = path.split('.')
      const field = entities().find((each) => each.name === entity)?.fields[name]
      return field !== undefined && mayName(ctx, entity, name, field)
    }),
  )

const place = sql`array_position(array['administrator', 'manager', 'staff', 'reader'], id), id`

export const find = async (ctx: Pick<Ctx, 'db'>, id: string) => {
  const row = await told(ctx).where('id', '=', id).executeTakeFirst()
  if (!row) throw missing()
  return row
}

const told = (ctx: Pick<Ctx, 'db'>) =>
  ctx.db
    .selectFrom('role')
    .select([
      ...shown,
      sql<number>`(select count(*) from person p where p.active and (role.id = any(p.roles) or exists (
        select 1 from post o where o.id = p.post_id and o.deleted_at is null and role.id = any(o.roles))))`.as(
        'people',
      ),
    ])
    .where('deleted_at', 'is', null)

/** Every kind of record that roles speak of. */
export const kinds = (): Kind[] => [...entities(), file]

/** Who acts with these roles: how far each permission reaches and what each field shows. */
export const actorOf = (person: Holder & Pick<Actor, 'name' | 'locale'>): Actor => {
  const reached = new Map<string, readonly number[] | undefined>()
  const rights = new Map<string, Map<string, { field: Field; right: Right }>>()
  const actor: Actor = {
    ...system,
    id: person.id,
    name: person.name,
    departmentId: person.department_id,
    locale: person.locale,
    reach: (permission) => {
      if (!reached.has(permission))
        reached.set(permission, reachOf(person, [...kinds(), later], permission))
      return reached.get(permission)
    },
    // Asked for each field of each row, so every answer is kept while the field stays as it is.
    right: (entity, name, field) => {
      const own = rights.get(entity) ?? new Map<string, { field: Field; right: Right }>()
      rights.set(entity, own)
      const known = own.get(name)
      if (known?.field === field) return known.right
      const right = rightOf(person, entity, name, field)
      own.set(name, { field, right })
      return right
    },
  }
  return actor
}

/** What is reckoned from a field tells of it, so a formula shows no more than what it is made from. */
const rightOf = (person: Holder, entity: string, name: string, field: Field): Right => {
  if (Object.hasOwn(systemFields, name)) return 'read'
  const own = fieldRightOf(person, entity, name, field.sensitivity)
  if (field.formula === undefined) return own
  const fields = entities().find((each) => each.name === entity)?.fields ?? {}
  const used = fieldsUsed(field.formula, fields)
  if (!used) return 'hidden'
  const sources = [...used].map((each) => {
    const source = fields[each]
    return source && source !== field ? rightOf(person, entity, each, source) : 'hidden'
  })
  return [own, ...sources].reduce((weakest, right) =>
    fieldRights.indexOf(right) < fieldRights.indexOf(weakest) ? right : weakest,
  )
}

/** What `theirs` may do that the caller may not; nobody gives away what they do not hold. */
export const beyondCaller = (ctx: Ctx, theirs: Actor): string | undefined =>
  beyond(ctx.actor, theirs, [...entities(), file, later])
