import { randomUUIDv7 } from 'node:crypto'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import { AppError } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import type { Entity } from '../fields/entity.ts'
import { digestId } from '../imports/digestId.ts'
import { addJob } from '../jobs/jobs.ts'
import { orderOf } from '../lists/order.ts'
import type { exportRuns, exportsOf } from './contract.ts'
import { columnsOf, fileName, requireAmount } from './exports.ts'
import { answerOf, ownRun, runById } from './queries.ts'
import { keepSettings } from './settings.ts'

type Started = InputOf<ReturnType<typeof exportsOf>['startExport']>

/**
 * Starts to make a file in the background and remembers the choice of fields. Refuses at once what
 * would fail later: fields out of reach, more rows than this person may take out.
 */
export const startingExport = (entity: Entity) => ({
  startExport: async (ctx: Ctx, { columns: asked, format, ...question }: Started) => {
    const columns = columnsOf(ctx, entity, asked).map(([name]) => name)
    if (question.sort !== undefined) orderOf(ctx, entity, question.sort)
    const total = await requireAmount(ctx, entity, question)
    const id = randomUUIDv7()
    await ctx.db
      .insertInto('export_run')
      .values({
        ...{ customer_id: HOME, id, entity: entity.name, question: JSON.stringify(question) },
        ...{ columns, format, status: 'running', reason: null, total, done: 0 },
        ...{ file_id: null, file_name: fileName(ctx, entity, format), expires_at: null },
        ...{ created_at: ctx.now, created_by: ctx.actor.id, updated_at: ctx.now },
      })
      .execute()
    if (asked) await keepChoice(ctx, entity, columns, format)
    await addJob(ctx, 'exports:work', { id }, { key: `export:${id}` })
    return answerOf(ctx, await runById(ctx, id))
  },
})

/** Stops the making; of what was made nothing is kept. */
export const cancel = async (ctx: Ctx, { id }: InputOf<typeof exportRuns.cancel>) => {
  const before = await ownRun(ctx, id)
  const { numUpdatedRows } = await ctx.db
    .updateTable('export_run')
    .set({ status: 'cancelled', updated_at: ctx.now })
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .where('status', '=', 'running')
    .executeTakeFirstOrThrow()
  if (Number(numUpdatedRows) === 0)
    throw new AppError('conflict', 'export_not_running', { facts: { status: before.status } })
  return answerOf(ctx, await runById(ctx, id))
}

export const set = async (ctx: Ctx, settings: InputOf<typeof exportRuns.set>) => {
  await keepSettings(ctx, settings)
  await emit(ctx, [
    {
      kind: 'exports.set',
      customer_id: HOME,
      subject_kind: 'setting',
      subject_id: HOME,
      payload: settings,
    },
  ])
  return settings
}

const keepChoice = async (
  ctx: Ctx,
  { name: entity }: Entity,
  columns: string[],
  format: Started['format'],
) => {
  const choice = { columns, format, updated_at: ctx.now }
  await ctx.db
    .insertInto('export_choice')
    .values({
      ...{ customer_id: HOME, id: digestId(entity, String(ctx.actor.id)), entity },
      ...{ person_id: ctx.actor.id ?? 0, ...choice },
    })
    .onConflict((conflict) => conflict.columns(['customer_id', 'id']).doUpdateSet(choice))
    .execute()
}
