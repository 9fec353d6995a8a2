import * as customFields from '#platform/customFields/commands.ts'
import * as dictionaries from '#platform/dictionaries/commands.ts'
import type { Machine } from '#platform/fields/machine.ts'
import * as numbering from '#platform/numbering/queries.ts'
import * as stages from '#platform/stages/commands.ts'
import type { Call } from './calls.ts'
import type { Firm } from './firm.ts'

let made = 0
const definition = () => ({
  name: `x_shaped${++made}`,
  kind: 'text' as const,
  label: { zh: '简称', en: '' },
})

const newDictionary = ({ house }: Firm) =>
  dictionaries.create(house.ctx, { label: { zh: '渠道', en: '' }, entries: [] })
const oneStage: Machine = {
  stages: [{ value: 'a', label: { zh: '甲', en: '' }, meaning: 'open', needs: [] }],
  moves: {},
}
/** An added choice that is no stage machine yet. */
const newStages = async ({ house }: Firm) => {
  const choices = [{ value: 'a', label: { zh: '甲', en: '' } }]
  const made = await customFields.create(house.ctx, {
    entity: 'task',
    definition: { ...definition(), kind: 'choice', choices },
  })
  return { id: made.id, version: 1 }
}
const newField = async ({ house }: Firm) =>
  customFields.create(house.ctx, { entity: 'task', definition: definition() })
const customerNumbers = async ({ house }: Firm) => {
  const { items } = await numbering.list(house.ctx)
  return { id: 'customer', version: items[0]?.version ?? 1 }
}

const free = { kind: 'free' } as const

/** How the endpoints are called by which administrators shape records. */
export const shapingCalls = {
  'GET /fields': free,
  'POST /fields': {
    ...free,
    fill: async () => ({ body: { entity: 'task', definition: definition() } }),
  },
  'PATCH /fields/:id': { ...free, make: newField, body: { position: 3 } },
  'DELETE /fields/:id': { ...free, make: newField },
  'POST /dictionaries': {
    ...free,
    body: { label: { zh: '渠道', en: '' }, entries: [] },
  },
  'PATCH /dictionaries/:id': {
    ...free,
    make: newDictionary,
    body: { label: { zh: '改', en: '' } },
  },
  'DELETE /dictionaries/:id': { ...free, make: newDictionary },
  'PUT /stages/:id': { ...free, make: newStages, body: oneStage },
  'DELETE /stages/:id': {
    ...free,
    make: async (firm: Firm) => {
      const { id } = await newStages(firm)
      await stages.update(firm.house.ctx, { id, version: 1, ...oneStage })
      return { id, version: 2 }
    },
  },
  'GET /numbering': free,
  'PUT /numbering/:id': {
    ...free,
    make: customerNumbers,
    body: { prefix: 'C', dated: 'none', digits: 6, reset: 'never' },
  },
} satisfies Record<string, Call>
