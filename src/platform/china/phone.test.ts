import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatPhone, maskPhone, readPhone, samePhoneKey } from './phone.ts'

// All of Unicode, the plain letters often, lone surrogates too.
const letter = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10ffff))
  .map((code) => String.fromCodePoint(code))

test('a mobile number is one number however typed', () => {
  const typings = [
    ...['13800138000', '138 0013 8000', '138-0013-8000', '(138) 00138000', '138.0013.8000'],
    ...[
      '+8613800138000',
      '+86 138-0013-8000',
      '0086 13800138000',
      '8613800138000',
      '86-13800138000',
    ],
    ...[
      '１３８００１３８０００',
      '１３８ ００１３ ８０００',
      '＋８６１３８００１３８０００',
      '138—0013—8000',
    ],
    ...['电话：13800138000', 'Tel: 138 0013 8000', '\u202d13800138000\u202c', '(+86)13800138000'],
  ]
  for (const text of typings) {
    assert.deepEqual(readPhone(text), { value: '13800138000', kind: 'mobile' }, text)
  }
})

test('landlines keep area code and extension', () => {
  const cases: [string, string][] = [
    ['0571-88886666', '0571-88886666'],
    ['057188886666', '0571-88886666'],
    ['(0571) 8888 6666', '0571-88886666'],
    ['0571 8888666', '0571-8888666'],
    ['010-12345678', '010-12345678'],
    ['+86 10 1234 5678', '010-12345678'],
    ['+86 571 8888 6666', '0571-88886666'],
    ['+86 (0)571 88886666', '0571-88886666'],
    ['021-62345678-801', '021-62345678-801'],
    ['0571-88886666转801', '0571-88886666-801'],
    ['0571-8888666 ext. 12', '0571-8888666-12'],
    ['（０２１）６２３４５６７８', '021-62345678'],
  ]
  for (const [text, value] of cases) {
    assert.deepEqual(readPhone(text), { value, kind: 'landline' }, text)
  }
  assert.deepEqual(readPhone('8888 6666'), {
    value: '88886666',
    kind: 'landline',
    problem: { reason: 'area_code_missing' },
  })
})

test('service numbers and numbers abroad', () => {
  for (const value of ['4008008888', '8008205555', '95588', '95511', '10086', '12315', '110']) {
    assert.deepEqual(readPhone(value), { value, kind: 'service' })
  }
  assert.deepEqual(readPhone('400-800-8888转2'), { value: '4008008888-2', kind: 'service' })
  assert.deepEqual(readPhone('+1 (415) 555-0123'), { value: '+14155550123', kind: 'foreign' })
  assert.deepEqual(readPhone('00852 2345 6789'), { value: '+85223456789', kind: 'foreign' })
  assert.equal(readPhone('+123').problem?.reason, 'not_a_phone')
})

test('a problem carries what its message needs', () => {
  const problem = (text: string) => readPhone(text).problem
  assert.deepEqual(problem('1380013800'), { reason: 'too_short', missing: 1, expected: 11 })
  assert.deepEqual(problem('+86 138001380001'), { reason: 'too_long', surplus: 1, expected: 11 })
  assert.deepEqual(problem('010-1234567'), { reason: 'too_short', missing: 1, expected: 11 })
  assert.deepEqual(problem('0571-888866660'), { reason: 'too_long', surplus: 1, expected: 12 })
  assert.deepEqual(problem('14200138000'), { reason: 'unassigned_prefix', prefix: '142' })
  assert.equal(readPhone('14200138000', []).problem, undefined)
  assert.deepEqual(problem('13800138000/13900139000'), { reason: 'several_numbers' })
  for (const text of [
    '',
    '无',
    '12345678901',
    '微信 zhang',
    '138****8000',
    '13800138000（微信同号）',
  ]) {
    assert.deepEqual(problem(text), { reason: 'not_a_phone' }, text)
  }
})

test('the current mobile prefixes are all known', () => {
  const open = ['130', '145', '150', '159', '162', '166', '170', '178', '180', '190', '192', '199']
  for (const prefix of open) assert.equal(readPhone(`${prefix}00138000`).problem, undefined, prefix)
})

test('the key of uniqueness does not see how a number was typed', () => {
  assert.equal(samePhoneKey('+86 (0571) 8888-6666'), samePhoneKey('057188886666'))
  assert.equal(samePhoneKey('+1 415 555 0123'), '14155550123')
  assert.equal(samePhoneKey('无'), '')
})

test('display and mask', () => {
  assert.equal(formatPhone('13800138000'), '138 0013 8000')
  assert.equal(formatPhone('4008008888'), '400 800 8888')
  assert.equal(formatPhone('0571-88886666-801'), '0571-88886666-801')
  assert.equal(maskPhone('13800138000'), '138****8000')
  assert.equal(maskPhone('0571-88886666'), '057*-****6666')
  assert.equal(maskPhone('95588'), '****8')
  assert.equal(maskPhone('+14155550123'), '+141****0123')
  assert.equal(maskPhone('一三八零'), '***零')
})

const digits = (least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most })
const typed = fc
  .array(fc.constantFrom(...'0123456789', '+', '86', '00', '-', ' ', '(', ')', '转', '１', '０'), {
    maxLength: 24,
  })
  .map((parts) => parts.join(''))

test('reading, formatting and masking keep their laws', () => {
  const any = fc.oneof(typed, digits(0, 20), fc.string({ unit: letter, maxLength: 20 }))
  fc.assert(
    fc.property(any, (text) => {
      const phone = readPhone(text)
      assert.deepEqual(readPhone(phone.value), phone)
      assert.equal(readPhone(formatPhone(phone.value)).value, phone.value)
      assert.equal([...maskPhone(phone.value)].length, [...phone.value].length)
      const masked = maskPhone(phone.value)
      assert.equal(maskPhone(masked), masked)
    }),
    { numRuns: 2000 },
  )
})

test('a mask of a mobile number hides its middle from everybody', () => {
  fc.assert(
    fc.property(digits(4, 4), digits(4, 4), (one, other) => {
      assert.equal(maskPhone(`138${one}8000`), maskPhone(`138${other}8000`))
    }),
  )
})
