import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import * as f from './kinds.ts'
import { mask } from './mask.ts'

const label = { zh: '某', en: 'Some' }
const of = {
  phone: f.phone({ label }),
  phones: f.phones({ label }),
  email: f.email({ label }),
  idNumber: f.idNumber({ label }),
  bankAccount: f.bankAccount({ label }),
  address: f.text({ label, mask: 'address' }),
  plate: f.text({ label, mask: 'plate' }),
  text: f.text({ label }),
  tags: f.tags({ label }),
  date: f.date({ label }),
  money: f.money({ label }),
  region: f.region({ label }),
  choice: f.choice([{ value: 'high', label }], { label }),
  choices: f.choices([{ value: 'high', label }], { label }),
}

describe('the shortened form of a value', () => {
  const cases: [keyof typeof of, unknown, unknown][] = [
    ['phone', '13800138000', '138****8000'],
    ['phones', ['13800138000', '95588'], ['138****8000', '****8']],
    ['email', 'zhang.san@silk.cn', 'z***@silk.cn'],
    ['idNumber', '11010519491231002X', '1****************X'],
    ['idNumber', '1234', '****'],
    ['bankAccount', '6222021234567890123', '***************0123'],
    ['address', '浙江省杭州市西湖区文三路 90 号', '浙江省杭州市西湖区***'],
    ['address', '浙江杭州西湖区幸福小区 3 幢', '浙江省杭州市西湖区***'],
    ['address', '隐秘路九号', '***'],
    ['plate', '浙A12345', '浙A***45'],
    ['text', '王小明', '王***'],
    ['text', '𠮷田', '𠮷***'],
    ['tags', ['潜水'], ['潜***']],
    ['choices', ['high'], ['***']],
    ['choice', 'high', null],
    ['date', '1971-02-03', null],
    ['money', 100, null],
    ['region', '330106', null],
    ['text', '', null],
    ['text', null, null],
  ]
  for (const [kind, value, expected] of cases)
    it(`of ${kind} ${JSON.stringify(value)}`, () =>
      assert.deepEqual(mask(of[kind], value), expected))

  it('covers most of every identity number and account, and never throws', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789X'), maxLength: 30 })
    fc.assert(
      fc.property(digits, (value) => {
        for (const [kind, most] of [
          ['idNumber', 2],
          ['bankAccount', 4],
        ] as const) {
          const shown = String(mask(of[kind], value) ?? '').replaceAll('*', '')
          assert.ok(shown.length <= most && (value.length >= most + 3 || shown === ''))
        }
      }),
    )
  })

  it('tells of an address no more than its region', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (detail) => {
        const street = `甲${detail}乙路 7 号`
        assert.equal(mask(of.address, `浙江省杭州市西湖区${street}`), '浙江省杭州市西湖区***')
      }),
    )
  })
})
