import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { ResultType } from '../fields/definition.ts'
import type { Fields } from '../fields/field.ts'
import * as f from '../fields/kinds.ts'
import { calculated } from './calculate.ts'
import { compileFormula, withLabels, withNames } from './formula.ts'

const label = (zh: string, en = zh) => ({ zh, en })
const grades = [
  { value: 'c1', label: label('金牌') },
  { value: 'c2', label: label('银牌') },
]
const fields: Fields = {
  x_qty: f.number({ label: label('数量') }),
  x_price: f.money({ label: label('单价') }),
  x_grade: f.choice(grades, { label: label('级别') }),
  x_goods: f.choices(grades, { label: label('产品') }),
  x_from: f.date({ label: label('起') }),
  x_to: f.date({ label: label('止') }),
  x_at: f.dateTime({ label: label('到店') }),
  x_name: f.text({ label: label('简称') }),
  x_vip: f.bool({ label: label('贵宾') }),
  x_who: f.person({ label: label('介绍人') }),
  x_dup1: f.number({ label: label('重名') }),
  x_dup2: f.number({ label: label('重名') }),
  last_contact_at: f.dateTime({ label: label('最近联系'), set: 'system' }),
}
const row = {
  ...{ x_qty: 3, x_price: 19_99, x_grade: 'c1', x_goods: ['c1'], x_name: '长沙店', x_vip: true },
  ...{ x_from: '2026-02-27', x_to: '2026-03-01', x_at: '2026-05-06T17:00:00.000Z', x_who: 3 },
}

const results: [source: string, type: ResultType, value: unknown][] = [
  ['1 + 2 * 3', 'number', 7],
  ['(1+2)*3-4/8', 'number', 8.5],
  ['-2 - -3', 'number', 1],
  ['0.1 + 0.2', 'number', 0.3],
  ['10 / 3', 'number', 3.333333],
  ['1 / 0', 'number', null],
  ['「数量」 × 「单价」', 'money', 5997],
  ['「数量」×１２．５', 'number', 37.5],
  ['「单价」 * 0.085', 'money', 170],
  ['「单价」 / 3', 'money', 666],
  ['「单价」 / 「单价」', 'number', 1],
  ['「单价」 + 0.01', 'money', 2000],
  ['数量 * 2', 'number', 6],
  ['x_qty * 2', 'number', 6],
  ['「单价」 > 19.98', 'bool', true],
  ["IF(「级别」='金牌' 且 「贵宾」, 「单价」*0.9, 「单价」)", 'money', 1799],
  ['IF(「级别」＝“银牌”，1，2)', 'number', 2],
  ['DAYS(「止」, 「起」)', 'number', 2],
  ['「止」 - 「起」', 'number', 2],
  ['「起」 + 2', 'date', '2026-03-01'],
  ['DATE(2024, 2, 29)', 'date', '2024-02-29'],
  ['DATE(2026, 2, 29)', 'date', null],
  ['「到店」', 'date', '2026-05-07'],
  ['YEAR(「止」) * 100 + MONTH(「止」)', 'number', 202603],
  ['CONCAT(「简称」, "-", 「数量」, "-", 「级别」)', 'text', '长沙店-3-金牌'],
  ['LEN(「简称」)', 'number', 3],
  ['EMPTY(「介绍人」) or not 「贵宾」', 'bool', false],
  ['HAS(「产品」, "金牌")', 'bool', true],
  ['ROUND(2.345, 2)', 'number', 2.35],
  ['ROUND(-2.5)', 'number', -3],
  ['SUM(「x_dup1」, 5)', 'number', 5],
  ['MAX(「单价」, 100)', 'money', 10_000],
  ['「x_dup1」 + 1', 'number', null],
  ['「x_dup1」 = 1', 'bool', false],
  ['AND(true, 1 < 2, OR(false, 2 <> 3))', 'bool', true],
]

for (const [source, type, value] of results)
  test(`reckons ${source}`, () => {
    const read = compileFormula(source, type, fields)
    assert.ok('formula' in read, JSON.stringify(read))
    assert.deepEqual(read.formula.run(row), value)
  })

const faults: [source: string, type: ResultType, reason: string, at: number][] = [
  ['', 'number', 'formula_empty', 0],
  ['1 +', 'number', 'formula_ends', 3],
  ['(1 + 2', 'number', 'formula_unclosed', 6],
  ['1 2', 'number', 'formula_unexpected', 2],
  ['1 ; 2', 'number', 'formula_character', 2],
  ['1 + 「没有」', 'number', 'formula_field', 4],
  ['「数」', 'number', 'formula_field_near', 0],
  ['「重名」 + 1', 'number', 'formula_field_ambiguous', 0],
  ['「最近联系」', 'date', 'formula_field_system', 0],
  ['1 + 「简称」', 'number', 'formula_type', 4],
  ['「单价」 * 「单价」', 'money', 'formula_money_times', 5],
  ['「单价」 + 「数量」', 'money', 'formula_type', 7],
  ['DAYS(TODAY(), 「起」)', 'number', 'formula_today', 5],
  ['「级别」 = "铜牌"', 'bool', 'formula_no_choice', 7],
  ['「简称」 < "a"', 'bool', 'formula_no_order', 5],
  ['IF(1, 2, 3)', 'number', 'formula_type', 3],
  ['IF(true, 1, "a")', 'number', 'formula_type', 9],
  ['LEN()', 'number', 'formula_arguments', 0],
  ['VLOOKUP(1)', 'number', 'formula_function', 0],
  ['"a"', 'number', 'formula_result', 0],
  ['('.repeat(60), 'number', 'formula_too_deep', 40],
]

for (const [source, type, reason, at] of faults)
  test(`says of ${source.slice(0, 30) || 'nothing'}: ${reason}`, () => {
    const read = compileFormula(source, type, fields)
    assert.deepEqual('problem' in read && [read.problem.reason, read.problem.at], [reason, at])
  })

test('keeps names for labels, and says labels again', () => {
  const kept = withNames('IF(「级别」="金牌", 数量, [重名])', fields)
  assert.equal(kept, 'IF(「级别」="金牌", 数量, [重名])')
  const right = withNames('IF(「级别」="金牌", 数量, [x_dup1])', fields)
  assert.equal(right, 'IF(「x_grade」="金牌", 「x_qty」, 「x_dup1」)')
  assert.equal(withLabels(right, fields), 'IF(「级别」="金牌", 「数量」, 「x_dup1」)')
})

test('reckons formulas after those they use; a circle gives nothing', () => {
  const formula = (source: string) =>
    f.number({ label: label(source), set: 'system', formula: source })
  const all = {
    ...fields,
    x_c: formula('x_b + 1'),
    x_b: formula('x_qty * 2'),
    x_one: formula('x_two'),
    x_two: formula('x_one'),
  }
  assert.deepEqual(calculated(all, row), { x_b: 6, x_c: 7 })
})

const names = Object.keys(fields)
const leaf = fc.oneof(
  fc.constantFrom(...names, ...names.map((name) => `「${fields[name]?.label.zh}」`)),
  fc.constantFrom('1', '0', '0.07', '999999999999999', "'金牌'", '""', 'true', '2026'),
)
/** Trees that are often right and often nearly so. */
const { any: source } = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium' },
    leaf,
    fc
      .tuple(tie('any'), fc.constantFrom(...'+-*/=<>', '<>', '<=', ' and ', ' or '), tie('any'))
      .map(([a, sign, b]) => `(${a}${sign}${b})`),
    fc
      .tuple(
        fc.constantFrom(
          'SUM',
          'MIN',
          'CONCAT',
          'LEN',
          'EMPTY',
          'ROUND',
          'DAYS',
          'DATE',
          'IF',
          'HAS',
        ),
        fc.array(tie('any'), { maxLength: 3 }),
      )
      .map(([name, args]) => `${name}(${args.join(',')})`),
  ),
}))
const anyRow = fc.record(
  {
    x_qty: fc.oneof(
      fc.integer().map((each) => each / 1e6),
      fc.constant(null),
    ),
    x_price: fc.oneof(fc.maxSafeInteger(), fc.constant(null)),
    x_grade: fc.constantFrom('c1', 'gone', null),
    x_goods: fc.array(fc.constantFrom('c1', 'c2')),
    x_from: fc.constantFrom('0001-01-01', '9999-12-31', '2026-02-28', null),
    x_name: fc.oneof(fc.string(), fc.constant(null)),
    x_vip: fc.constantFrom(true, false, null),
  },
  { requiredKeys: [] },
)
const isOfType: Record<ResultType, (value: unknown) => boolean> = {
  number: Number.isFinite,
  money: Number.isSafeInteger,
  text: (value) => typeof value === 'string' && value !== '' && value.length <= 4000,
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  bool: (value) => typeof value === 'boolean',
}
const types: readonly ResultType[] = ['number', 'money', 'text', 'date', 'bool']

test('what the checker accepts gives the declared type or nothing, on any row', () => {
  let accepted = 0
  fc.assert(
    fc.property(source, anyRow, (text, values) => {
      for (const type of types) {
        const read = compileFormula(text, type, fields)
        if ('problem' in read) continue
        accepted += 1
        const value = read.formula.run(values)
        assert.ok(value === null || isOfType[type](value), `${text} gave ${value}`)
      }
    }),
    { numRuns: 3000 },
  )
  assert.ok(accepted > 300, `only ${accepted} formulas were right`)
})

test('names that every object has are ordinary words', () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    const quoted = compileFormula(`'${name}'`, 'text', fields)
    assert.ok('formula' in quoted)
    assert.equal(quoted.formula.run({}), name)
    for (const source of [name, `「${name}」`, `${name}(1)`, `1 + ${name}`])
      assert.ok('problem' in compileFormula(source, 'number', fields), source)
  }
})

test('no text makes it throw, and the longest is read', () => {
  const common = Object.getOwnPropertyNames(Object.prototype)
  const signs = [...'()「」[]"\'+-*/=<>,. 1aIF且或“”', 'x_qty', 'not ', ...common]
  const text = fc.array(fc.oneof(fc.constantFrom(...signs), fc.string()), { maxLength: 300 })
  fc.assert(
    fc.property(text, (parts) => {
      const read = compileFormula(parts.join(''), 'number', fields)
      assert.ok('formula' in read || read.problem.at >= 0)
    }),
  )
  const longest = Array.from({ length: 600 }, () => '1+').join('')
  const read = compileFormula(`${longest}1`, 'number', fields)
  assert.ok('formula' in read)
  assert.equal(read.formula.run({}), 601)
})
