import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as f from '#platform/fields/kinds.ts'
import { phonesWarning } from '#platform/fields/warnings.ts'
import { changesOf, errorsByField, filledOf, isAsked, remarksOn, startDraft } from './formState.ts'

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
