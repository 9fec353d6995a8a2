import { sql } from 'kysely'
import { type Ctx, everyone } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { type Binned, below, type DeletionTable } from './deletions.ts'
import { granted, requireWritable, type Values } from './prepare.ts'
import { customerName } from './present.ts'
import { entities, ports, rootEntity } from './registry.ts'
import { readSearch, readSearchBelow } from './searching.ts'
import { requireFree } from './taken.ts'
import { covers } from './visible.ts'

/**
 * Brings back what one deletion put away, exactly that, as it was. The caller has locked the deletion
 * and may see it. Refuses while the customer lies in the bin itself, while another record holds a value
 * that is unique, and when whoever was responsible is gone and nobody is named in their place.
 */
export const bringBack = async (
  ctx: Ctx,
  kind: Binned,
  deletion: DeletionTable,
  owner?: number,
): Promise<void> => {
  const key = { customer_id: deletion.customer_id, id: deletion.subject_id }
  const customer = await heldCustomer(ctx, deletion.customer_id)
  if (!kind.root && customer.deleted_at !== null)
    throw new AppError('conflict', 'customer_in_bin', {
      facts: { customer: customerName(ctx, customer.name) ?? '' },
    })
  await requireFree(ctx, kind, key)
  const standing = kind.root ? await standingOf(ctx, customer, owner) : {}
  await unmark(ctx, kind, deletion, standing)
  if (kind.root) for (const each of below()) await unsweep(ctx, each, deletion)
  await sql`delete from deletion where customer_id = ${deletion.customer_id}::uuid
    and id = ${deletion.id}::uuid`.execute(ctx.db)
  await emit(ctx, [
    {
      kind: `${kind.name}.restored`,
      ...{ customer_id: key.customer_id, subject_kind: kind.name, subject_id: key.id },
      payload: {
        title: deletion.title,
        ...{ deletion_id: deletion.id, along: deletion.along },
        ...(owner !== undefined && { owner_id: owner }),
      },
    },
  ])
  for (const entity of entities()) {
    if (kind.root) await readSearchBelow(ctx, entity, deletion.customer_id)
    else if (entity.name === kind.name) await readSearch(ctx, entity, [key])
  }
}

type Customer = {
  name: string
  deleted_at: string | null
  owner_id: number | null
  department_id: number | null
  former_grants: number[] | null
}

/** Nobody puts the customer away until the row below it is back. */
const heldCustomer = async (ctx: Ctx, id: string): Promise<Customer> => {
  const { rows } = await sql<Customer>`
    select name, deleted_at, owner_id, department_id, former_grants from customer
    where id = ${id}::uuid for share`.execute(ctx.db)
  if (!rows[0]) throw new Error(`No customer ${id} for what lies in the bin`)
  return rows[0]
}

/** Who is responsible and who may see it: as before, where these still are. */
const standingOf = async (ctx: Ctx, before: Customer, named?: number): Promise<Values> => {
  const owner = named ?? before.owner_id
  if (owner !== before.owner_id) requireTransfer(ctx, before)
  if (owner !== null) {
    const departments = await ports().departmentsOf(ctx, [owner])
    if (!departments.has(owner))
      throw new AppError('conflict', 'owner_gone', { facts: { owner_id: owner } })
  }
  const department = await liveDepartment(ctx, before.department_id)
  const base = (await granted(ctx, [owner]))(owner, department)
  const former = new Set([everyone, before.owner_id, before.department_id])
  const others = (before.former_grants ?? []).filter((each) => !former.has(each))
  return {
    owner_id: owner,
    department_id: base.department_id,
    grants: [...new Set([...base.grants, ...others])],
    former_grants: null,
  }
}

/** To name somebody else is to hand the customer over. */
const requireTransfer = (ctx: Ctx, { former_grants }: Customer) => {
  const root = rootEntity()
  requireWritable(ctx, root, { owner_id: null })
  const permission = `${root.plural}.transfer`
  if (!covers(ctx, permission, former_grants))
    throw new AppError('forbidden', 'permission_missing', { facts: { permission } })
}

const liveDepartment = async (ctx: Ctx, department: number | null) => {
  if (department === null) return null
  const there = await ports().departmentsThere(ctx, [department])
  return there.has(department) ? department : ctx.actor.departmentId
}

const unmark = async (ctx: Ctx, kind: Binned, deletion: DeletionTable, standing: Values) => {
  const columns = {
    deleted_at: null,
    deletion_id: null,
    ...standing,
    updated_at: ctx.now,
    updated_by: ctx.actor.id,
  }
  const table = sql.table(kind.name)
  const sets = Object.keys(columns).map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`)
  await sql`update ${table} t set ${sql.join(sets)}, version = t.version + 1
    from jsonb_populate_record(null::${table}, ${JSON.stringify(columns)}::jsonb) r
    where t.id = ${deletion.subject_id}::uuid and t.deletion_id = ${deletion.id}::uuid
      ${kind.root ? sql`` : sql`and t.customer_id = ${deletion.customer_id}::uuid`}`.execute(ctx.db)
}

const unsweep = async (ctx: Ctx, kind: Binned, deletion: DeletionTable) => {
  await sql`update ${sql.table(kind.name)} set deleted_at = null, deletion_id = null
    where customer_id = ${deletion.customer_id}::uuid and deletion_id = ${deletion.id}::uuid`.execute(
    ctx.db,
  )
}
