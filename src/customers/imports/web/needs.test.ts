import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contact } from '../../contacts/fields.ts'
import { customer } from '../../customers/fields.ts'
import { keysIn, unfilled } from './needs.ts'

const importable = { entity: customer, beside: contact }

test('what is needed and not filled is told, and only mapped keys recognise records', () => {
  assert.deepEqual(
    unfilled(importable, ['phones']).map(({ zh }) => zh),
    ['名称'],
  )
  assert.deepEqual(unfilled(importable, ['name', null]), [])
  assert.deepEqual(
    keysIn(importable, ['name', null, 'phones', 'note']).map(({ name }) => name),
    ['phones', 'name'],
  )
})
