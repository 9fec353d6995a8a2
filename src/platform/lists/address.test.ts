import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatSearch, parseSearch, readListQuery, writeListQuery } from './address.ts'

test('an address gives back the query it was made of', () => {
  const leaf = fc.record(
    {
      field: fc.constantFrom('stage', 'owner_id', 'tags'),
      is: fc.constantFrom('in' as const, 'has' as const),
      value: fc.array(fc.string(), { maxLength: 3 }),
    },
    { noNullPrototype: true },
  )
  const query = fc.record(
    {
      q: fc.string({ minLength: 1 }),
      sort: fc.constantFrom('name', '-updated_at'),
      filter: fc.record({ all: fc.array(leaf, { maxLength: 3 }) }, { noNullPrototype: true }),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  fc.assert(
    fc.property(query, (given) => {
      const address = formatSearch(writeListQuery(given))
      assert.deepEqual(readListQuery(parseSearch(address)), given)
    }),
  )
})

test('a filter that cannot be read is left out, the rest stays', () => {
  const read = (text: string) => readListQuery(parseSearch(text))
  assert.deepEqual(read('?q=a&filter={'), { q: 'a' })
  assert.deepEqual(read('?q=a&filter={"field":"x","is":"like","value":1}'), { q: 'a' })
})
