import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCreditCode } from './creditCode.ts'
import { readIdNumber } from './idNumber.ts'
import { readVin } from './vin.ts'

// All of Unicode, the plain letters often, lone surrogates too.
const letter = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10ffff))
  .map((code) => String.fromCodePoint(code))

const today = '2026-11-21'

test('sound credit codes pass, however typed', () => {
  const sound = ['91350200MA2YJ1XR9G', '91350200776049653A', '91440101MA5CJQ4N59']
  for (const code of [...sound, '91330000717612522B']) {
    assert.deepEqual(readCreditCode(code), { value: code })
  }
  const typed = [
    '91350200ma2yj1xr9g',
    ' 9135 0200 MA2Y J1XR 9G ',
    '９１３５０２００ＭＡ２ＹＪ１ＸＲ９Ｇ',
  ]
  for (const text of [...typed, '91350200-MA2YJ1XR9-G', '\u200b91350200MA2YJ1XR9G']) {
    assert.deepEqual(readCreditCode(text), { value: '91350200MA2YJ1XR9G' })
  }
})

test('a wrong credit code says what is wrong', () => {
  assert.equal(readCreditCode('91350200MA2YJ1XR9H').problem, 'check_digit')
  assert.equal(readCreditCode('91350200MA2YJ1XR9').problem, 'length')
  assert.equal(readCreditCode('350200200012345').problem, 'length')
  assert.equal(readCreditCode('91350200MA2YJ1XRZG').problem, 'character')
  // Issued in reality although it breaks the rule.
  assert.equal(readCreditCode('91350203M0001QAY9B').problem, 'check_digit')
})

test('the organisation code inside has a check digit of its own', () => {
  // 91350200MA2YJ1XR9G with another place 17 and the last place computed anew.
  assert.equal(readCreditCode('91350200MA2YJ1XR8D').problem, 'organisation_check')
})

test('O and I are offered as 0 and 1 when that makes the code sound', () => {
  assert.deepEqual(readCreditCode('9135O2OOMA2YJIXR9G'), {
    value: '9135O2OOMA2YJIXR9G',
    problem: 'character',
    suggestion: '91350200MA2YJ1XR9G',
  })
  assert.equal(readCreditCode('9135O2OOMA2YJIXR9H').suggestion, undefined)
})

test('every single wrong character of a credit code is noticed', () => {
  const code = '91440101MA5CJQ4N59'
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  fc.assert(
    fc.property(fc.nat(17), fc.constantFrom(...letters), (place, letter) => {
      fc.pre(code[place] !== letter)
      const wrong = code.slice(0, place) + letter + code.slice(place + 1)
      assert.equal(readCreditCode(wrong).problem, 'check_digit')
    }),
  )
})

test('sound identity numbers give birth date and gender', () => {
  assert.deepEqual(readIdNumber('11010519491231002x', today), {
    value: '11010519491231002X',
    birthDate: '1949-12-31',
    gender: 'female',
  })
  assert.equal(readIdNumber('１１０１０５　１９４９１２３１　００２Ｘ', today).problem, undefined)
})

test('a wrong identity number says what is wrong', () => {
  assert.deepEqual(readIdNumber('11010519491331002X', today), {
    value: '11010519491331002X',
    problem: 'birth_date',
  })
  assert.equal(readIdNumber('110105194912310021', today).problem, 'check_digit')
  assert.equal(readIdNumber('1101051949123100X2', today).problem, 'character')
  assert.equal(readIdNumber('1101051949123100', today).problem, 'length')
  assert.equal(readIdNumber('11010519491231002X', '1949-12-30').problem, 'birth_date')
})

test('the 15 digit form is recognised and flagged', () => {
  assert.deepEqual(readIdNumber('110105491231002', today), {
    value: '110105491231002',
    birthDate: '1949-12-31',
    gender: 'female',
    problem: 'old_form',
  })
  assert.equal(readIdNumber('110105491331002', today).problem, 'birth_date')
})

test('residence permits of 81, 82 and 83 follow the same rule', () => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  for (const region of ['810000', '820000', '830000']) {
    const body = `${region}19900307123`
    const sum = weights.reduce((total, weight, place) => total + weight * Number(body[place]), 0)
    const number = `${body}${'10X98765432'[sum % 11]}`
    assert.deepEqual(readIdNumber(number, today), {
      value: number,
      birthDate: '1990-03-07',
      gender: 'male',
    })
  }
})

test('vehicle identification numbers are checked and O, Q, I are offered as digits', () => {
  assert.deepEqual(readVin('1M8GDM9AXKP042788'), { value: '1M8GDM9AXKP042788' })
  assert.deepEqual(readVin('1m8gdm9axkp-042788'), { value: '1M8GDM9AXKP042788' })
  assert.deepEqual(readVin('11111111111111111'), { value: '11111111111111111' })
  assert.equal(readVin('1M8GDM9AXKP042789').problem, 'check_digit')
  assert.equal(readVin('1M8GDM9AXKP04278').problem, 'length')
  assert.deepEqual(readVin('IM8GDM9AXKPO42788'), {
    value: 'IM8GDM9AXKPO42788',
    problem: 'character',
    suggestion: '1M8GDM9AXKP042788',
  })
})

test('reading a value again gives it again', () => {
  fc.assert(
    fc.property(fc.string({ unit: letter, maxLength: 24 }), (text) => {
      for (const read of [readCreditCode, readVin, (raw: string) => readIdNumber(raw, today)]) {
        assert.deepEqual(read(read(text).value), read(text))
      }
    }),
  )
})
