import * as customFields from '#platform/customFields/commands.ts'
import * as dictionaries from '#platform/dictionaries/commands.ts'
import type { Machine } from '#platform/fields/machine.ts'
import * as stages from '#platform/stages/commands.ts'
import type { Call } from './calls.ts'
import type { Firm } from './firm.ts'
import { unique } from './unique.ts'

const label = { zh: '渠道', en: '' }
const newDictionary = ({ house }: Firm) => dictionaries.create(house.ctx, { label, entries: [] })

const oneStage: Machine = {
  stages: [{ value: 'a', label, meaning: 'open', needs: [] }],
  moves: {},
}
/** An added choice that is no stage machine yet. */
const newChoice = async ({ house }: Firm) => {
  const name = unique()
  const definition = { name: `x_${name}`, label: { zh: name, en: '' }, kind: 'choice' as const }
  const choices = [{ value: 'a', label }]
  const made = await customFields.create(house.ctx, {
    entity: 'task',
    definition: { ...definition, choices },
  })
  return { id: made.id, version: 1 }
}
const newStages = async (firm: Firm) => {
  const { id, version } = await newChoice(firm)
  const { db, ctx } = firm.house
  return db
    .transaction()
    .execute((tx) => stages.update({ ...ctx, db: tx }, { id, version, ...oneStage }))
}

const free = { kind: 'free' } as const

/** How lists and stages are written. */
export const shapingCalls = {
  'POST /dictionaries': { ...free, body: { label, entries: [] } },
  'PATCH /dictionaries/:id': { ...free, make: newDictionary, body: { label } },
  'DELETE /dictionaries/:id': { ...free, make: newDictionary },
  'PUT /stages/:id': { ...free, make: newChoice, body: oneStage },
  'DELETE /stages/:id': { ...free, make: newStages },
} satisfies Record<string, Call>
