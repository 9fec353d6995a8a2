import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { toldBy } from './told.ts'

const isPlain = (name: string) => name !== 'phones' && name !== 'email'

it('shows plain fields and names the others', () => {
  assert.deepEqual(
    toldBy({ values: { name: '王', phones: ['13800138000'], email: 'a@b.cn' } }, 'name', isPlain),
    { values: { name: '王' }, concealed: ['phones', 'email'] },
  )
  assert.deepEqual(
    toldBy(
      { version: 2, changes: { phones: [[], ['13800138000']], name: ['王', '黄'] } },
      'name',
      isPlain,
    ),
    { changes: { name: ['王', '黄'] }, concealed: ['phones'] },
  )
  assert.deepEqual(toldBy({ title: '王' }, 'name', isPlain), { title: '王' })
  assert.deepEqual(toldBy({ title: 'a@b.cn' }, 'email', isPlain), { concealed: ['email'] })
})

it('never shows a value of a field that is not plain, whatever the event holds', () => {
  const secret = 'SECRET'
  const fields = fc.dictionary(
    fc.constantFrom('name', 'phones', 'email', 'note'),
    fc.constant(undefined),
  )
  const holding = fields.map((some) =>
    Object.fromEntries(Object.keys(some).map((name) => [name, isPlain(name) ? 'open' : secret])),
  )
  const payload = fc.record(
    { values: holding, changes: holding, title: fc.constant(secret), extra: fc.constant(secret) },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(payload, (each) => {
      assert.ok(!JSON.stringify(toldBy(each, 'email', isPlain)).includes(secret))
    }),
  )
})
