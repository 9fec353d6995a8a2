import type { Reaction } from '#platform/events/events.ts'
import { putAway } from './commands.ts'
import { membersOf } from './queries.ts'

/** `now`: whoever becomes responsible is no longer a member beside it; all others stay. */
const ownerComes: Reaction['run'] = async (ctx, events) => {
  const owners = new Map(
    events.flatMap(({ customer_id, payload }) => {
      const owner = newOwner(payload)
      return owner === undefined ? [] : [[customer_id, owner] as const]
    }),
  )
  if (owners.size === 0) return
  const members = await membersOf(ctx, [...owners.keys()])
  const same = members.filter((each) => owners.get(each.customer_id) === each.principal_id)
  await putAway(ctx, same, 'member_removed')
}

const newOwner = (payload: Record<string, unknown> = {}): number | undefined => {
  const { changes } = payload
  if (typeof changes !== 'object' || changes === null || !('owner_id' in changes)) return undefined
  const [, to]: unknown[] = Array.isArray(changes.owner_id) ? changes.owner_id : []
  return typeof to === 'number' ? to : undefined
}

export const memberReactions: readonly Reaction[] = [{ on: 'customer.updated', run: ownerComes }]
