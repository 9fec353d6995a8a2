import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contact } from '../../contacts/fields.ts'
import { customer } from '../../customers/fields.ts'
import { keysIn, leftOut, unfilled } from './needs.ts'

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

test('columns that go nowhere are named, the reasons of failed rows and untitled ones aside', () => {
  assert.deepEqual(
    leftOut(['未导入原因', '名称', ' 星座 ', '', '血型'], [null, 'name', null, null, null]),
    ['星座', '血型'],
  )
  assert.deepEqual(leftOut(['名称'], ['name']), [])
})
