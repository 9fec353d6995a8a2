import { writeFile } from 'node:fs/promises'
import { openDatabase } from '#platform/database/database.ts'
import { describeSchema } from '#platform/database/describe.ts'
import { testDatabase } from '#platform/testing/database.ts'

/** `npm run schema`: writes migrations/schema.sql from the migrations. */
const database = await testDatabase()
const { pool, close } = openDatabase(database.url)
await writeFile(new URL('../migrations/schema.sql', import.meta.url), await describeSchema(pool))
await close()
await database.drop()
