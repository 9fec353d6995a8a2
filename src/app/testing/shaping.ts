import * as customFields from '#platform/customFields/commands.ts'
import * as dictionaries from '#platform/dictionaries/commands.ts'
import type { Machine } from '#platform/fields/machine.ts'
import * as stages from '#platform/stages/commands.ts'
import type { Call, Maker } from './calls.ts'
import type { Firm } from './firm.ts'
import { unique } from './unique.ts'

const label = { zh: '渠道', en: '' }
const list = () => ({ label: { zh: `渠道${unique()}`, en: '' }, entries: [] })
const newDictionary = ({ house }: Firm) => dictionaries.create(house.ctx, list())

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

const definition = () => ({
  name: `x_${unique()}`,
  kind: 'text' as const,
  label: { zh: `简称${unique()}`, en: '' },
})

const newField: Maker = async ({ house }) =>
  customFields.create(house.ctx, { entity: 'task', definition: definition() })

const retiredField: Maker = async (firm, member) => {
  const { id, version = 1 } = await newField(firm, member)
  await customFields.remove(firm.house.ctx, { id: String(id), version })
  return { id, version: version + 1 }
}

const free = { kind: 'free' } as const

/** How fields, lists and stages are written. */
export const shapingCalls = {
  'GET /fields': free,
  'POST /fields': {
    ...free,
    fill: async () => ({ body: { entity: 'task', definition: definition() } }),
  },
  'PATCH /fields/:id': { ...free, make: newField, body: { position: 3 } },
  'DELETE /fields/:id': { ...free, make: newField },
  'GET /fields/retired': free,
  'POST /fields/:id/restoration': { ...free, make: retiredField },
  'POST /dictionaries': { ...free, fill: async () => ({ body: list() }) },
  'PATCH /dictionaries/:id': { ...free, make: newDictionary, body: { entries: [] } },
  'DELETE /dictionaries/:id': { ...free, make: newDictionary },
  'PUT /stages/:id': { ...free, make: newChoice, body: oneStage },
  'DELETE /stages/:id': { ...free, make: newStages },
} satisfies Record<string, Call>
