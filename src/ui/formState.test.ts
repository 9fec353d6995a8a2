import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as f from '#platform/fields/kinds.ts'
import { fieldsFor } from '#platform/fields/reader.ts'
import { phonesWarning } from '#platform/fields/warnings.ts'
import {
  changesOf,
  errorsByField,
  filledOf,
  isAsked,
  neededIn,
  remarksOn,
  startDraft,
} from './formState.ts'

const label = { zh: '项', en: 'Item' }
const fields = {
  kind: f.choice(
    [
      { value: 'firm', label },
      { value: 'person', label },
    ],
    {
      label,
      required: true,
      initial: 'firm',
    },
  ),
  name: f.text({ label, required: true, max: 5 }),
  phones: f.phones({ label, check: phonesWarning }),
  staff: f.integer({ label, when: { field: 'kind', in: ['firm'] } }),
  seen_at: f.dateTime({ label, set: 'system' }),
}

test('a new draft holds what fields begin with, and nothing that the system writes', () => {
  const draft = startDraft(fields, undefined, { name: '甲' })
  assert.deepEqual(draft, { kind: 'firm', name: '甲', phones: [], staff: null })
})

test('a new record is made of what is filled in and asked for', () => {
  const draft = { kind: 'person', name: '甲', phones: ['', '13800138000', ' '], staff: 3 }
  assert.equal(isAsked(fields.staff, draft), false)
  assert.deepEqual(filledOf(fields, draft), {
    kind: 'person',
    name: '甲',
    phones: ['13800138000'],
  })
})

test('what is asked for goes also by values that stand in no editor', () => {
  const { staff } = fields
  for (const [kind, wanted] of [
    ['firm', { staff: 3 }],
    ['person', {}],
  ] as const) {
    assert.deepEqual(filledOf({ staff }, { staff: 3 }, { kind }), wanted)
    assert.deepEqual(changesOf({ staff }, { staff: 1 }, { staff: 3 }, { kind }), wanted)
  }
})

test('what goes by a value that its reader may not see is shown, and asked for by nothing', () => {
  const stages = ['new', 'won'].map((value) => ({
    ...{ value, label, meaning: 'open' as const },
    needs: value === 'won' ? ['staff', 'name'] : [],
  }))
  const way = f.stage({ stages, moves: { new: ['won'], won: [] } }, { label, initial: 'new' })
  const all = { ...fields, staff: { ...fields.staff, required: true as const }, way }
  const asked = fieldsFor(all, (name) => name !== 'kind')
  const draft = { kind: null, way: 'won' }
  const { staff } = asked
  assert.ok(staff)
  assert.equal(isAsked(staff, draft), true)
  assert.deepEqual(remarksOn(staff, null), {})
  assert.deepEqual([...neededIn(asked, undefined, draft)], ['name'])
  assert.equal(
    fieldsFor(all, () => true),
    all,
  )
})

test('a change holds what differs, an emptied field as null', () => {
  const start = startDraft(fields, { kind: 'firm', name: '甲', phones: ['1'], staff: 3 }, {})
  assert.deepEqual(changesOf(fields, start, start), {})
  assert.deepEqual(changesOf(fields, start, { ...start, staff: null, phones: [''] }), {
    staff: null,
    phones: [],
  })
})

test('a value is refused or doubted by its own field, with the figures for the message', () => {
  assert.deepEqual(remarksOn(fields.name, ''), { error: { reason: 'required' } })
  assert.deepEqual(remarksOn(fields.name, '一二三四五六'), {
    error: { path: '', reason: 'too_long', values: { max: 5 } },
  })
  assert.deepEqual(remarksOn(fields.staff, 'many').error?.reason, 'not_a_number')
  assert.deepEqual(remarksOn(fields.staff, null), {})
  assert.deepEqual(remarksOn(fields.phones, ['1380013800']).warning, {
    reason: 'phone_too_short',
    values: { value: '1380013800', missing: 1, expected: 11 },
  })
  assert.deepEqual(remarksOn(fields.phones, ['13800138000', '']), {})
})

test('refusals go to their fields, others to the foot of the form', () => {
  const found = errorsByField(
    [
      { path: 'phones.1', reason: 'too_long' },
      { path: 'phones.2', reason: 'too_short' },
      { path: 'elsewhere', reason: 'unknown_key' },
    ],
    fields,
  )
  assert.equal(found.get('phones')?.reason, 'too_long')
  assert.equal(found.get('')?.reason, 'unknown_key')
  assert.equal(found.size, 2)
})
