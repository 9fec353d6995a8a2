import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firmInitialOf, initialOf } from './initials.ts'

test('a firm is known by what follows its place', () => {
  assert.equal(firmInitialOf('杭州青禾贸易有限公司'), '青')
  assert.equal(firmInitialOf('浙江省远山集团'), '远')
  assert.equal(firmInitialOf('青岛'), '青')
  assert.equal(firmInitialOf('acme ltd'), 'A')
})

test('a person is known by the surname, a name outside the plane stays whole', () => {
  assert.equal(initialOf(' 欧阳雪'), '欧')
  assert.equal(initialOf('𠮷野'), '𠮷')
  assert.equal(initialOf(''), '·')
})
