import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { Condition } from '../conditions/condition.ts'
import { timed } from '../conditions/timed.ts'
import type { Ctx } from '../database/ctx.ts'
import { endpoint } from '../door/contract.ts'
import type { Entity } from '../fields/entity.ts'
import { question } from './crud.ts'
import { writeCursor } from './cursor.ts'
import { askedOf, source, withAll } from './lists.ts'
import { orderOf, usualSort } from './order.ts'
import { stopEvery } from './skip.ts'

type Asked = {
  q?: string | undefined
  filter?: Condition | undefined
  sort?: string | undefined
}

/** `after[n]` is where a list goes on behind its first `(n + 1) * stopEvery` rows. */
export type Stops = { total: number; after: string[] }

/** How long a list is, and where to enter it on the way. */
export const stopsOf = ({ plural, label }: Pick<Entity, 'plural' | 'label'>) => ({
  stops: endpoint({
    method: 'GET',
    path: `/${plural}/stops`,
    permission: `${plural}.view`,
    summary: {
      zh: `${label.zh}：列表有多长，从哪里读起`,
      en: `Length and entries of a list: ${label.en.toLowerCase()}`,
    },
    input: z.strictObject(question),
    output: z.object({ total: z.number(), after: z.array(z.string()) }),
  }),
})

type Found = { id: string; sort_key: string; place: number; last: boolean }

/**
 * Every thousandth row of a list and its last one, in one walk through it: whoever jumps to a place
 * goes on from the stop before it. An offset would walk there each time anew.
 */
export const stopping = (entity: Entity) => ({
  stops: async (ctx: Ctx, asked: Asked): Promise<Stops> => {
    const sort = asked.sort ?? usualSort(ctx, entity)
    const { key, descending } = orderOf(ctx, entity, sort)
    const way = sql.raw(descending ? 'desc' : 'asc')
    const from = await source(ctx, entity, asked, { ordered: false, wanted: Infinity })
    const { rows } = await timed(asked.filter, () =>
      sql<Found>`${withAll([
        ...from.ctes,
        sql`keys as (select t.id, ${key} as sort_key from ${from.table} where ${from.where})`,
        sql`placed as (select id, sort_key::text as sort_key, row_number() over way as place,
          lead(id) over way is null as last
          from keys window way as (order by keys.sort_key ${way}, id ${way}))`,
      ])}
      select * from placed where place % ${stopEvery} = 0 or last order by place`.execute(ctx.db),
    )
    return {
      total: rows.at(-1)?.place ?? 0,
      after: rows
        .filter(({ place }) => place % stopEvery === 0)
        .map((row) => writeCursor({ key: row.sort_key, id: row.id }, askedOf(entity, sort, asked))),
    }
  },
})
