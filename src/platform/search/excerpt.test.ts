import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { excerpt } from './excerpt.ts'

test('shows the place of a long text that says what was looked for', () => {
  assert.equal(excerpt('短短一句', '一句'), '短短一句')
  assert.equal(excerpt('换\n行  了', '没有'), '换 行 了')
  const long = `${'前'.repeat(100)}水晶宫修缮${'后'.repeat(100)}`
  const shown = excerpt(long, '水晶宫')
  assert.ok(shown.startsWith(`…${'前'.repeat(12)}水晶宫`) && shown.endsWith('后…'))
  assert.ok(excerpt(long, 'sjg').startsWith('前前'))
})

test('stays short, whole and storable whatever is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, q) => {
      const shown = excerpt(text.repeat(20), q)
      assert.ok(shown.isWellFormed() && [...shown].length <= 82)
    }),
  )
})
