import type { Foretold } from '#platform/bulk/row.ts'
import { type Ctx, HOME } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { AppError, badField, type FieldError } from '#platform/errors/error.ts'
import { writes } from '#platform/lists/standard.ts'
import { change, insert } from '#platform/records/records.ts'
import { requireCustomers } from '#platform/records/visible.ts'
import type { tasks } from './contract.ts'
import { task } from './fields.ts'
import { get, ownerProblems } from './queries.ts'
import { type TaskState, taskMoves, taskState } from './rules.ts'

type New = InputOf<typeof tasks.create>
type Key = InputOf<typeof tasks.complete>

export const { remove } = writes(task)

/** Makes a task; whoever makes it is responsible unless somebody else is named. */
export const create = (ctx: Ctx, input: New) => make(ctx, input)

/** Makes the next step that an interaction ended with. */
export const createFrom = (ctx: Ctx, interaction_id: string, input: New) =>
  make(ctx, input, { interaction_id }, 'next_step.owner_id')

export const update = async (ctx: Ctx, input: InputOf<typeof tasks.update>) => {
  const { owner_id } = input
  if (owner_id === null) throw badField('owner_id', 'required')
  if (owner_id !== undefined) {
    const before = await get(ctx, input)
    if (before.owner_id !== owner_id) await requireOwner(ctx, owner_id, input.customer_id)
  }
  return writes(task).update(ctx, input)
}

/** What making or changing these tasks would refuse for whom they go to. */
export const foretell = async (ctx: Ctx, rows: readonly Foretold[]): Promise<FieldError[][]> => {
  const asked = rows.map(({ before, values }) => {
    const { owner_id: person } = values
    const given = typeof person === 'number' && person !== before?.owner_id
    return given ? { person, customer_id: String((before ?? values).customer_id) } : undefined
  })
  const problemOf = await ownerProblems(
    ctx,
    asked.filter((each) => each !== undefined),
  )
  return asked.map((each) => {
    const reason = each && problemOf(each)
    return reason ? [{ path: 'owner_id', reason }] : []
  })
}

/** Finishes a task: now, by the caller. */
export const complete = (ctx: Ctx, key: Key) =>
  move(ctx, key, 'done', { done_at: ctx.now, done_by: ctx.actor.id }, 'completed')

/** Takes a finished task up again. */
export const reopen = (ctx: Ctx, key: Key) =>
  move(ctx, key, 'open', { done_at: null, done_by: null }, 'reopened')

const make = async (ctx: Ctx, input: New, set = {}, path = 'owner_id') => {
  const owner_id = input.owner_id ?? ctx.actor.id
  if (owner_id !== null && owner_id !== ctx.actor.id) {
    // Whoever does not see the customer is told only that, never who else does.
    if (input.customer_id !== HOME) await requireCustomers(ctx, [input.customer_id], 'tasks.create')
    await requireOwner(ctx, owner_id, input.customer_id, path)
  }
  const [made] = await insert(ctx, task, [input], () => ({ ...set, owner_id }))
  if (!made) throw new Error('Nothing was made')
  return made
}

const requireOwner = async (ctx: Ctx, person: number, customer_id: string, path = 'owner_id') => {
  const given = { person, customer_id }
  const problem = (await ownerProblems(ctx, [given]))(given)
  if (problem) throw badField(path, problem)
}

const move = async (
  ctx: Ctx,
  key: Key,
  to: TaskState,
  set: Record<string, unknown>,
  verb: string,
) => {
  const before = await get(ctx, key)
  const from = taskState(before)
  // Of an older version nothing can be said here; the change refuses it.
  if (before.version === key.version && !taskMoves[from].includes(to))
    throw new AppError('conflict', 'state_not_reachable', { facts: { from, to: taskMoves[from] } })
  return change(ctx, task, key, {}, set, verb)
}
