import type { Condition, Leaf, Test } from '#platform/conditions/condition.ts'
import type { Field, Fields, Locale } from '#platform/fields/field.ts'
import { type Directory, nameOf, useDirectory } from './directory.tsx'
import { useLocale } from './locale.tsx'
import { messages } from './messages.ts'
import { regionPath } from './regionNames.ts'
import { sayDay } from './time.ts'

const phrases = messages({
  zh: {
    is: (field: string, value: string) => `${field}为 ${value}`,
    isPerson: (field: string, value: string) => `${field}是${value}`,
    isNot: (field: string, value: string) => `${field}不是 ${value}`,
    contains: (field: string, value: string) => `${field}含「${value}」`,
    has: (field: string, value: string) => `${field}有「${value}」`,
    before: (field: string, value: string) => `${field}早于 ${value}`,
    after: (field: string, value: string) => `${field}不早于 ${value}`,
    atLeast: (field: string, value: string) => `${field}至少 ${value}`,
    atMost: (field: string, value: string) => `${field}至多 ${value}`,
    inLast: (field: string, days: string) => `${field}在近 ${days} 天内`,
    notInLast: (field: string, days: string) => `${field}在 ${days} 天以前`,
    inNext: (field: string, days: string) => `${field}在未来 ${days} 天内`,
    empty: (field: string) => `没有${field}`,
    notEmpty: (field: string) => `有${field}`,
    not: (inner: string) => `不满足：${inner}`,
    or: ' 或 ',
    and: ' 且 ',
    comma: '、',
    me: '我',
    department: '我的部门',
    yes: '是',
    no: '否',
  },
  en: {
    is: (field, value) => `${field} is ${value}`,
    isPerson: (field, value) => `${field} is ${value}`,
    isNot: (field, value) => `${field} is not ${value}`,
    contains: (field, value) => `${field} contains “${value}”`,
    has: (field, value) => `${field} has “${value}”`,
    before: (field, value) => `${field} before ${value}`,
    after: (field, value) => `${field} from ${value} on`,
    atLeast: (field, value) => `${field} at least ${value}`,
    atMost: (field, value) => `${field} at most ${value}`,
    inLast: (field, days) => `${field} in the last ${days} days`,
    notInLast: (field, days) => `${field} more than ${days} days ago`,
    inNext: (field, days) => `${field} in the next ${days} days`,
    empty: (field) => `No ${field.toLowerCase()}`,
    notEmpty: (field) => `Has ${field.toLowerCase()}`,
    not: (inner) => `Not: ${inner}`,
    or: ' or ',
    and: ' and ',
    comma: ', ',
    me: 'me',
    department: 'my department',
    yes: 'yes',
    no: 'no',
  },
})

type Phrases = (typeof phrases)['zh']
type Context = { locale: Locale; fields: Fields; directory: Directory; p: Phrases }

/** A condition as a sentence in the reader's language. */
export const useSayCondition = (fields: Fields, special?: (leaf: Leaf) => string | undefined) => {
  const locale = useLocale()
  const context = { locale, fields, directory: useDirectory(), p: phrases[locale] }
  const say = (condition: Condition): string => {
    if ('field' in condition) return special?.(condition) ?? sayLeaf(condition, context)
    if ('all' in condition) return condition.all.map(say).join(context.p.and)
    if ('any' in condition) return condition.any.map(say).join(context.p.or)
    return context.p.not(say(condition.not))
  }
  return say
}

const sayLeaf = (leaf: Leaf, context: Context) => {
  const field = context.fields[leaf.field]
  const label = field?.label[context.locale] ?? leaf.field
  const values =
    leaf.value === undefined ? [] : Array.isArray(leaf.value) ? leaf.value : [leaf.value]
  const value = values.map((each) => sayValue(field, each, context)).join(context.p.comma)
  return templates(context.p, field)[leaf.is](label, value)
}

const templates = (
  p: Phrases,
  field: Field | undefined,
): Record<Test, (label: string, value: string) => string> => {
  const is = field?.kind === 'person' || field?.kind === 'department' ? p.isPerson : p.is
  return {
    eq: is,
    in: is,
    ne: p.isNot,
    not_in: p.isNot,
    contains: p.contains,
    has: p.has,
    before: p.before,
    after: p.after,
    gte: p.atLeast,
    lte: p.atMost,
    in_last_days: p.inLast,
    not_in_last_days: p.notInLast,
    in_next_days: p.inNext,
    empty: p.empty,
    not_empty: p.notEmpty,
  }
}

const sayValue = (field: Field | undefined, value: unknown, context: Context): string => {
  const { p, directory, locale } = context
  if (value === 'me') return p.me
  if (value === 'my_department') return p.department
  if (typeof value === 'boolean') return value ? p.yes : p.no
  if (field?.kind === 'person') return nameOf(directory.people, Number(value)) ?? `#${value}`
  if (field?.kind === 'department')
    return nameOf(directory.departments, Number(value)) ?? `#${value}`
  if (field?.kind === 'region')
    return regionPath(directory.regionOf, String(value)).at(-1) ?? String(value)
  if (field?.kind === 'money') return `¥${Number(value) / 100}`
  if ((field?.kind === 'date' || field?.kind === 'dateTime') && typeof value === 'string')
    return sayDay(value.slice(0, 10), directory.today, locale)
  const choice = field?.choices?.find((each) => each.value === value)
  return choice?.label[locale] ?? String(value)
}
