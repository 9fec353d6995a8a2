import type { Condition } from '../conditions/condition.ts'
import { dependenciesOf } from '../conditions/depends.ts'
import { testsOf } from '../conditions/tests.ts'
import { type Ctx, today } from '../database/ctx.ts'
import { indexQueue } from '../database/indexes.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import { addJob } from '../jobs/jobs.ts'
import { entities } from '../records/registry.ts'

/** Whether a condition can say anything of an added field that an index helps with. */
export const isFiltered = (field: Field) =>
  field.custom === true &&
  !field.encrypted &&
  testsOf(field).some((is) => is === 'has' || is === 'eq' || is === 'gte')

/** What this process told the jobs already, with the day; one line a field and day is enough. */
const told = new Map<string, string>()

/**
 * Tells that somebody filters by added fields: a job makes the indexes that this asks for. Nothing is told
 * from within a transaction, which may be read only or come to nothing.
 */
export const noteFiltered = async (ctx: Ctx, entity: Entity, condition: Condition) => {
  if (ctx.db.isTransaction) return
  const day = today(ctx)
  const news = dependenciesOf(entity, condition).fields.filter(({ entity: of, field: name }) => {
    const fields = entities().find((each) => each.name === of)?.fields
    const field = fields && Object.hasOwn(fields, name) ? fields[name] : undefined
    return field !== undefined && isFiltered(field) && told.get(`${of}.${name}`) !== day
  })
  for (const [of, list] of Map.groupBy(news, (each) => each.entity)) {
    const names = list.map(({ field }) => field)
    await addJob(ctx, 'fields:filtered', { entity: of, names, day }, { queue: indexQueue })
    for (const name of names) told.set(`${of}.${name}`, day)
  }
}
