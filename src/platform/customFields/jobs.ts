import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { columnOf } from '../database/column.ts'
import { unhurried } from '../database/database.ts'
import { blindOf } from '../encryption/encryption.ts'
import { isList } from '../fields/field.ts'
import type { Job } from '../jobs/jobs.ts'
import { sortKey } from '../lists/order.ts'
import { entityNamed } from '../records/registry.ts'
import { searchBatch } from '../records/searchAgain.ts'
import { load } from './queries.ts'
import { recalculate } from './recalculate.ts'

/** PostgreSQL cuts names at 63 bytes; a digest keeps two long ones apart. */
const indexName = (entity: string, name: string) =>
  `custom_${entity}_${createHash('sha256').update(name).digest('hex').slice(0, 12)}`

export const jobs: Job[] = [
  {
    // Beside the table's use: a list that sorts by a new field waits for nobody, it is only slower at first.
    name: 'fields:index',
    run: async ({ db }, { entity: entityName, name }) => {
      await load({ db })
      if (typeof entityName !== 'string' || typeof name !== 'string') return
      const entity = entityNamed(entityName)
      const field = entity.fields[name]
      const index = sql.id(indexName(entityName, name))
      const table = sql.table(entityName)
      const alias = entityName
      if (field?.encrypted) {
        const column = columnOf(name, field, alias)
        await unhurried(db, (line) =>
          sql`create index concurrently if not exists ${index} on ${table} (${blindOf(column)})
            where ${column} is not null`.execute(line),
        )
        return
      }
      if (!field?.sort) {
        await unhurried(db, (line) => sql`drop index concurrently if exists ${index}`.execute(line))
        return
      }
      if (isList(field)) {
        const column = columnOf(name, field, alias)
        await unhurried(db, (line) =>
          sql`create index concurrently if not exists ${index} on ${table} using gin (${column})`.execute(
            line,
          ),
        )
        return
      }
      const { key } = sortKey(name, field, alias)
      await unhurried(db, (line) =>
        sql`create index concurrently if not exists ${index} on ${table} (${key}, id)`.execute(
          line,
        ),
      )
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
]
