import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesOf, titleIn } from './changes.ts'

test('changes come with both sides, anything else is passed over', () => {
  const changes = { stage: ['prospect', 'active'], note: [null, '重要'], odd: 'x' }
  assert.deepEqual(changesOf({ changes }), [
    { name: 'stage', from: 'prospect', to: 'active' },
    { name: 'note', from: null, to: '重要' },
  ])
  for (const payload of [{}, { changes: null }, { changes: 'x' }])
    assert.deepEqual(changesOf(payload), [])
})

test('a record is called by its title, or by what it was made with', () => {
  assert.equal(titleIn({ title: '回电', values: { title: '旧' } }, 'title'), '回电')
  assert.equal(titleIn({ values: { name: '王芳' } }, 'name'), '王芳')
  assert.equal(titleIn({ values: {} }, 'name'), undefined)
  assert.equal(titleIn({ concealed: ['title'] }, 'title'), undefined)
})
