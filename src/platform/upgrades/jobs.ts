import type { Ctx } from '../database/ctx.ts'
import { indexQueue } from '../database/indexes.ts'
import { keepDone, kindsLeft, knowSecret } from '../encryption/secret.ts'
import { customKinds, fieldFrom } from '../fields/definition.ts'
import { addJob, type Job } from '../jobs/jobs.ts'
import { encryptStored } from './encryptStored.ts'
import { affected } from './names.ts'

const name = 'upgrades:encrypt'

/** The kinds of added fields that are encrypted in this version. */
const kinds = customKinds.filter(
  (kind) => fieldFrom({ name: 'x_a', kind, label: { zh: '', en: '' } }).encrypted,
)

/** Asks for what an earlier version left to be done, if it did; nothing waits for it. */
export const startUpgrades = async (ctx: Pick<Ctx, 'db'>) => {
  if (!(await knowSecret(ctx))) return
  if ((await kindsLeft(ctx, kinds)).length > 0) await addJob(ctx, name, {}, { key: name })
}

export const jobs: Job[] = [
  {
    name,
    run: async ({ db, signal }) => {
      await encryptStored({ db, signal })
      for (const { entity, names } of await affected({ db }))
        for (const each of names)
          await addJob(
            { db },
            'fields:index',
            { entity: entity.name, name: each },
            { queue: indexQueue },
          )
      await keepDone({ db }, kinds)
    },
  },
]
