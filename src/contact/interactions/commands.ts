import { departmentsOf } from '#access/people/queries.ts'
import type { Ctx } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { badField } from '#platform/errors/error.ts'
import { attach } from '#platform/files/commands.ts'
import { writes } from '#platform/lists/standard.ts'
import { insert } from '#platform/records/records.ts'
import { requireCustomers } from '#platform/records/visible.ts'
import { createFrom } from '../tasks/commands.ts'
import type { interactions } from './contract.ts'
import { interaction } from './fields.ts'
import { get, withFiles } from './queries.ts'

export const { remove } = writes(interaction)

type Given = {
  contact_id?: string | null | undefined
  person_id?: number | null | undefined
}

/**
 * Notes a contact with a customer, now and by the caller unless the input says otherwise, with its
 * files and the next step that was agreed on.
 */
export const create = async (ctx: Ctx, input: InputOf<typeof interactions.create>) => {
  const { file_ids = [], next_step, ...given } = input
  const { customer_id } = input
  const values = { ...given, at: given.at ?? ctx.now }
  const person = { person_id: given.person_id ?? ctx.actor.id }
  // Whoever does not see the customer is told only that, never which contact is theirs.
  await requireCustomers(ctx, [customer_id], 'interactions.create')
  await requireKnown(ctx, customer_id, values)
  const [made] = await insert(ctx, interaction, [values], () => person)
  if (!made) throw new Error('Nothing was made')
  await attach(ctx, customer_id, file_ids, { kind: 'interaction', id: made.id })
  if (next_step) await createFrom(ctx, made.id, { ...next_step, customer_id })
  return withFiles(ctx, made)
}

export const update = async (ctx: Ctx, input: InputOf<typeof interactions.update>) => {
  const before = await get(ctx, input)
  const { contact_id, person_id } = input
  await requireKnown(ctx, input.customer_id, {
    ...input,
    // A contact that was deleted since, or a person who left, stays where it was noted.
    contact_id: contact_id === before.contact_id ? null : contact_id,
    person_id: person_id === before.person_id ? null : person_id,
  })
  return { ...(await writes(interaction).update(ctx, input)), files: before.files }
}

const requireKnown = async (ctx: Ctx, customer_id: string, given: Given) => {
  if (given.contact_id) await requireContact(ctx, customer_id, given.contact_id)
  if (given.person_id && given.person_id !== ctx.actor.id) await requirePerson(ctx, given.person_id)
}

const requireContact = async (ctx: Ctx, customer_id: string, id: string) => {
  const row = await ctx.db
    .selectFrom('contact')
    .select('id')
    .where('customer_id', '=', customer_id)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw badField('contact_id', 'contact_not_of_customer')
}

const requirePerson = async (ctx: Ctx, id: number) => {
  const known = await departmentsOf(ctx, [id])
  if (!known.has(id)) throw badField('person_id', 'person_unknown')
}
