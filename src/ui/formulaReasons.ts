import { messages } from './messages.ts'
import { type ReasonValues, value } from './reasonValues.ts'

const types: Record<string, readonly [zh: string, en: string]> = {
  number: ['数字', 'a number'],
  money: ['金额', 'an amount'],
  text: ['文字', 'text'],
  date: ['日期', 'a date'],
  bool: ['是或否', 'yes or no'],
  list: ['多个值', 'several values'],
  other: ['不能计算的内容', 'nothing that can be reckoned with'],
}
const zhType = (v: ReasonValues, key: string) => types[value(v, key)]?.[0] ?? value(v, key)
const enType = (v: ReasonValues, key: string) => types[value(v, key)]?.[1] ?? value(v, key)

/** Where it is, for an eye that counts from one. */
const zhAt = (v: ReasonValues) => (v.at === undefined ? '' : `第 ${value(v, 'at')} 个字起：`)
const enAt = (v: ReasonValues) => (v.at === undefined ? '' : `From character ${value(v, 'at')}: `)

/** What is wrong with a formula, where, and how to put it right. */
export const formulaReasons = messages({
  zh: {
    formula_empty: '还没有写公式，例如 「数量」*「单价」',
    formula_too_long: '公式太长，最多 2000 个字；可拆成几个公式字段',
    formula_too_deep: '括号套得太深，请拆成几个公式字段',
    formula_character: (v: ReasonValues) =>
      `${zhAt(v)}不认得「${value(v, 'value')}」，文字请放进引号里`,
    formula_unexpected: (v: ReasonValues) =>
      `${zhAt(v)}这里不该有「${value(v, 'value')}」，前面可能缺运算符或多了一个符号`,
    formula_ends: '公式没写完，最后缺一个数、文字或字段',
    formula_unclosed: '有一个左括号没有配上右括号，请补「)」',
    formula_number: (v: ReasonValues) => `${zhAt(v)}数字太长，整数最多 15 位、小数最多 12 位`,
    formula_function: (v: ReasonValues) =>
      `${zhAt(v)}没有函数 ${value(v, 'name')}，可用 IF、AND、OR、SUM、MIN、MAX、ABS、ROUND、DAYS、DATE、YEAR、MONTH、DAY、CONCAT、LEN、EMPTY、HAS`,
    formula_arguments: (v: ReasonValues) =>
      `${zhAt(v)}${value(v, 'name')} 要 ${value(v, 'count')} 个参数，用逗号分开`,
    formula_type: (v: ReasonValues) =>
      `${zhAt(v)}这里要${zhType(v, 'wanted')}，写的却是${zhType(v, 'found')}`,
    formula_no_order: (v: ReasonValues) =>
      `${zhAt(v)}${zhType(v, 'found')}不分大小，只能用 = 或 <>`,
    formula_no_choice: (v: ReasonValues) =>
      `${zhAt(v)}没有「${value(v, 'value')}」这个选项，可选：${value(v, 'names')}`,
    formula_money_times: (v: ReasonValues) => `${zhAt(v)}金额不能乘金额，其中一个应是数字`,
    formula_field: (v: ReasonValues) =>
      `${zhAt(v)}没有叫「${value(v, 'name')}」的字段，请从下面的字段里选；文字请放进引号里`,
    formula_field_near: (v: ReasonValues) =>
      `${zhAt(v)}没有叫「${value(v, 'name')}」的字段，是不是「${value(v, 'near')}」？`,
    formula_field_ambiguous: (v: ReasonValues) =>
      `${zhAt(v)}有几个字段都叫「${value(v, 'name')}」，请改用接口名：${value(v, 'names')}`,
    formula_field_encrypted: (v: ReasonValues) =>
      `${zhAt(v)}「${value(v, 'name')}」是加密保存的，不能用来计算：结果会把它露出来`,
    formula_field_system: (v: ReasonValues) =>
      `${zhAt(v)}「${value(v, 'name')}」由系统随时更新，存下的结果会跟不上，公式里不能用`,
    formula_today: (v: ReasonValues) =>
      `${zhAt(v)}公式在保存时算好存下，用今天算出的结果明天就错了；要按今天比较，请用筛选条件「在近几天内」`,
    formula_result: (v: ReasonValues) =>
      `算出来是${zhType(v, 'found')}，与结果类型「${zhType(v, 'wanted')}」不符，请改其中一个`,
    formula_circle: '绕了一圈又用到自己，请去掉其中一个引用',
    field_in_formula: (v: ReasonValues) => `公式「${value(v, 'name')}」在用它，请先改那个公式`,
  },
  en: {
    formula_empty: 'There is no formula yet; for example 「quantity」*「price」',
    formula_too_long: 'At most 2000 characters; split it into several formula fields',
    formula_too_deep: 'Too many brackets inside each other; split it into several formula fields',
    formula_character: (v) => `${enAt(v)}“${value(v, 'value')}” is unknown; put text in quotes`,
    formula_unexpected: (v) =>
      `${enAt(v)}“${value(v, 'value')}” does not fit here; a sign is missing before it, or it is one too many`,
    formula_ends: 'The formula ends too early; a number, text or field is missing',
    formula_unclosed: 'A bracket is open; add “)”',
    formula_number: (v) => `${enAt(v)}at most 15 digits before the point and 12 behind it`,
    formula_function: (v) =>
      `${enAt(v)}there is no ${value(v, 'name')}; there are IF, AND, OR, SUM, MIN, MAX, ABS, ROUND, DAYS, DATE, YEAR, MONTH, DAY, CONCAT, LEN, EMPTY, HAS`,
    formula_arguments: (v) =>
      `${enAt(v)}${value(v, 'name')} takes ${value(v, 'count')} values, parted by commas`,
    formula_type: (v) =>
      `${enAt(v)}this should be ${enType(v, 'wanted')}, but is ${enType(v, 'found')}`,
    formula_no_order: (v) => `${enAt(v)}${enType(v, 'found')} has no order; use = or <>`,
    formula_no_choice: (v) =>
      `${enAt(v)}there is no choice “${value(v, 'value')}”; there are ${value(v, 'names')}`,
    formula_money_times: (v) =>
      `${enAt(v)}an amount times an amount means nothing; one of them should be a number`,
    formula_field: (v) =>
      `${enAt(v)}no field is called “${value(v, 'name')}”; choose one below, or put text in quotes`,
    formula_field_near: (v) =>
      `${enAt(v)}no field is called “${value(v, 'name')}”; is it “${value(v, 'near')}”?`,
    formula_field_ambiguous: (v) =>
      `${enAt(v)}several fields are called “${value(v, 'name')}”; use one of ${value(v, 'names')}`,
    formula_field_encrypted: (v) =>
      `${enAt(v)}“${value(v, 'name')}” is stored encrypted and takes no part in formulas, whose results would show it`,
    formula_field_system: (v) =>
      `${enAt(v)}the product changes “${value(v, 'name')}” at any time; a kept result would lag behind`,
    formula_today: (v) =>
      `${enAt(v)}results are kept when a record is saved, and one made from today is wrong tomorrow; compare with today in a filter`,
    formula_result: (v) =>
      `It gives ${enType(v, 'found')}, not ${enType(v, 'wanted')}; change one of them`,
    formula_circle: 'It leads back to itself; take one of the references out',
    field_in_formula: (v) => `The formula “${value(v, 'name')}” uses it; change that one first`,
  },
})
