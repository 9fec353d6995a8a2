import * as z from 'zod/mini'
import type { Job } from '../jobs/jobs.ts'
import { counterOf } from '../records/numbers.ts'
import { entityNamed } from '../records/registry.ts'
import { searchBatch } from '../records/searchAgain.ts'
import { keepFilterIndexes, keepSortIndex } from './indexes.ts'
import { numberAll } from './numberAll.ts'
import { load } from './queries.ts'
import { recalculate } from './recalculate.ts'

const filtered = z.object({ entity: z.string(), names: z.array(z.string()), day: z.string() })

export const jobs: Job[] = [
  {
    name: 'fields:index',
    run: async ({ db }, { entity: entityName, name }) => {
      await load({ db })
      if (typeof entityName !== 'string' || typeof name !== 'string') return
      const entity = entityNamed(entityName)
      await keepSortIndex(db, entity, name)
      await keepFilterIndexes(db, entity)
    },
  },
  {
    // The first filter by an added field walks the table; those after it find an index.
    name: 'fields:filtered',
    run: async ({ db }, payload) => {
      await load({ db })
      const { entity, names, day } = z.parse(filtered, payload)
      await db
        .updateTable('custom_field')
        .set({ filtered_on: day })
        .where('entity', '=', entity)
        .where('name', 'in', names)
        .execute()
      await keepFilterIndexes(db, entityNamed(entity))
    },
  },
  {
    // What is stored of a formula is made anew when it, or what it is reckoned from, is shaped otherwise.
    name: 'fields:formulas',
    run: async ({ db }, { entity }) => {
      await load({ db })
      if (typeof entity === 'string') await recalculate(db, entityNamed(entity))
    },
  },
  {
    // What search looks at follows the fields as they are now; until then nobody finds by what went.
    name: 'search:again',
    run: async ({ db }, { entity, from }) => {
      await load({ db })
      if (typeof entity === 'string') await searchBatch(db, entity, from)
    },
  },
  {
    // A kind that begins to number itself numbers what is there as well.
    name: 'fields:numbers',
    run: async ({ db }, { entity: entityName }) => {
      await load({ db })
      if (typeof entityName !== 'string') return
      const entity = entityNamed(entityName)
      const name = counterOf(entity)
      if (name !== undefined && entity.fields[name]?.custom) await numberAll(db, entity, name)
    },
  },
]
