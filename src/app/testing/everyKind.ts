import assert from 'node:assert/strict'
import { load } from '#platform/customFields/queries.ts'
import { customKinds } from '#platform/fields/definition.ts'
import type { TestHouse } from './testHouse.ts'

const label = (zh: string) => ({ zh, en: '' })
const choices = [
  { value: 'a', label: label('甲') },
  { value: 'b', label: label('乙') },
]

/** Adds a field of every kind that administrators can add, formulas of every result among them. */
export const addEveryKind = async (house: TestHouse) => {
  const formulas = { number: '「人员规模」*2', text: '「来源」', bool: '「人员规模」>1' }
  const definitions = [
    ...customKinds
      .filter((kind) => kind !== 'formula')
      .map((kind) => ({
        ...{ name: `x_${kind.toLowerCase()}`, kind, label: label(`附加${kind}`) },
        ...(kind.startsWith('choice') && { choices }),
      })),
    ...Object.entries(formulas).map(([result, formula]) => ({
      ...{ name: `x_f_${result}`, kind: 'formula', label: label(`公式${result}`) },
      ...{ result, formula },
    })),
  ]
  for (const definition of definitions) {
    const body = { entity: 'customer', definition }
    const answer = await house.root.call('POST', '/fields', { body })
    assert.equal(answer.status, 201, answer.raw.toString())
  }
  await load({ db: house.db })
}
