import * as z from 'zod/mini'
import { type CreateOf, createShape, type Entity } from '../fields/entity.ts'
import { live } from '../fields/live.ts'

/** The strict input that makes a record, for an endpoint that makes one beside something else. */
export const creating = <const E extends Entity>(entity: E) =>
  live(() => z.strictObject(createShape(entity))) as unknown as z.ZodMiniType<CreateOf<E>>

type Values<M extends z.core.$ZodShape> = z.infer<z.ZodMiniObject<M, z.core.$strict>>

/**
 * The input that makes a record below a customer and takes more than its fields; what `more` says of
 * a field takes the place of what the entity says.
 */
export const creatingWith = <const E extends Entity, const M extends z.core.$ZodShape>(
  entity: E,
  more: M,
) =>
  live(() =>
    z.strictObject({
      customer_id: z.uuid('not_an_id'),
      ...createShape(entity),
      ...more,
    }),
  ) as unknown as z.ZodMiniType<Omit<CreateOf<E>, keyof M> & Values<M> & { customer_id: string }>

/** The key of a record below a customer, as its address gives it. */
export const addressed = z.strictObject({
  customer_id: z.uuid('not_an_id'),
  id: z.uuid('not_an_id'),
})
