import type { Condition } from '../conditions/condition.ts'
import type { Ctx } from '../database/ctx.ts'
import type { ChangeOf, CreateOf, Entity } from '../fields/entity.ts'
import type { Fields } from '../fields/field.ts'
import type { Cause } from '../records/deletions.ts'
import * as records from '../records/records.ts'
import * as lists from './lists.ts'

type Asked = {
  q?: string | undefined
  filter?: Condition | undefined
  sort?: string | undefined
  limit: number
  after?: string | undefined
  skip?: number | undefined
  customer_id?: string | undefined
}
type Address<E> = E extends { root: true } ? { id: string } : { customer_id: string; id: string }
type Within<E> = E extends { root: true } ? unknown : { customer_id: string }

/** The reads that every entity has, as handlers of its contract. */
export const reads = <const E extends Entity>(entity: E) => ({
  list: (ctx: Ctx, input: Asked) => lists.list(ctx, entity, input),
  count: (
    ctx: Ctx,
    input: { q?: string | undefined; filter?: Condition | undefined; exact?: boolean | undefined },
  ) => lists.count(ctx, entity, input),
  get: (ctx: Ctx, input: Address<E>) => records.find(ctx, entity, input),
})

/** The writes that every entity has, as handlers of its contract. */
export const writes = <const E extends Entity>(entity: E) => ({
  create: async (ctx: Ctx, input: CreateOf<E> & Within<E>) => {
    const [made] = await records.insert(ctx, entity, [input as never])
    if (!made) throw new Error('Nothing was made')
    return made
  },
  update: (ctx: Ctx, input: ChangeOf<E> & Address<E> & { version: number }) =>
    records.change(ctx, entity, input, changesOf(entity.fields, input) as ChangeOf<E>),
  remove: async (ctx: Ctx, { cause, ...key }: Address<E> & { version: number; cause?: Cause }) => ({
    ok: true as const,
    deletion_id: await records.remove(ctx, entity, key, cause),
  }),
})

const changesOf = (fields: Fields, input: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(input).filter(([name]) => Object.hasOwn(fields, name)))
