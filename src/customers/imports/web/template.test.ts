import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contact } from '../../contacts/fields.ts'
import { customer } from '../../customers/fields.ts'
import { keysIn, unfilled } from './needs.ts'
import { templateOf } from './template.ts'

const importable = { entity: customer, beside: contact }

test('the template holds the headings that an import knows, and nothing that it cannot take', () => {
  const text = decodeURIComponent(templateOf(importable, 'zh').split(',').slice(1).join(','))
  const headings = text.replace('\uFEFF', '').trim().split(',')
  assert.ok(text.startsWith('\uFEFF'), 'Excel reads it as UTF-8')
  assert.ok(headings.includes('名称') && headings.includes('联系人电话'))
  assert.ok(!headings.includes('客户编号'), 'the product numbers customers itself')
  assert.equal(new Set(headings).size, headings.length)
})

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
