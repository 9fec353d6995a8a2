import type { Amount, Condition, Leaf, Related, Test } from '#platform/conditions/condition.ts'
import { relationsOf } from '#platform/conditions/relations.ts'
import { type Field, type Fields, fieldNamed, type Locale } from '#platform/fields/field.ts'
import { systemFields } from '#platform/fields/system.ts'
import { type Directory, nameOf, useDirectory } from './directory.tsx'
import { useLocale } from './locale.tsx'
import { messages } from './messages.ts'
import { periodWords } from './periodWords.ts'
import { regionPath } from './regionNames.ts'
import { sayDay } from './time.ts'

const phrases = messages({
  zh: {
    is: (field: string, value: string) => `${field}为 ${value}`,
    isPerson: (field: string, value: string) => `${field}是${value}`,
    isNot: (field: string, value: string) => `${field}不是 ${value}`,
    contains: (field: string, value: string) => `${field}含「${value}」`,
    starts: (field: string, value: string) => `${field}以「${value}」开头`,
    has: (field: string, value: string) => `${field}有「${value}」`,
    before: (field: string, value: string) => `${field}早于 ${value}`,
    after: (field: string, value: string) => `${field}不早于 ${value}`,
    atLeast: (field: string, value: string) => `${field}至少 ${value}`,
    atMost: (field: string, value: string) => `${field}至多 ${value}`,
    between: (field: string, value: string) => `${field}在 ${value} 之间`,
    inLast: (field: string, days: string) => `${field}在近 ${days} 天内`,
    notInLast: (field: string, days: string) => `${field}在 ${days} 天以前`,
    inNext: (field: string, days: string) => `${field}在未来 ${days} 天内`,
    anniversary: (field: string, days: string) => `${field}的周年在未来 ${days} 天内`,
    inPeriod: (field: string, period: string) => `${field}在${period}`,
    under: (field: string, value: string) => `${field}是${value}或其下级`,
    empty: (field: string) => `没有${field}`,
    notEmpty: (field: string) => `有${field}`,
    not: (inner: string) => `不满足：${inner}`,
    some: (things: string) => `有${things}`,
    none: (things: string) => `没有${things}`,
    atLeastOf: (things: string, count: string) => `${things}至少 ${count} 个`,
    atMostOf: (things: string, count: string) => `${things}至多 ${count} 个`,
    exactlyOf: (things: string, count: string) => `${things}正好 ${count} 个`,
    someWhere: (things: string, where: string) => `有${things}（${where}）`,
    noneWhere: (things: string, where: string) => `没有${things}（${where}）`,
    atLeastWhere: (things: string, where: string, count: string) =>
      `${things}中至少 ${count} 个${where}`,
    atMostWhere: (things: string, where: string, count: string) =>
      `${things}中至多 ${count} 个${where}`,
    exactlyWhere: (things: string, where: string, count: string) =>
      `${things}中正好 ${count} 个${where}`,
    ofOne: (thing: string, where: string) => `${thing}（${where}）`,
    notOfOne: (thing: string, where: string) => `${thing}不是（${where}）`,
    grouped: (inner: string) => `（${inner}）`,
    everything: '全部',
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
    starts: (field, value) => `${field} begins with “${value}”`,
    has: (field, value) => `${field} has “${value}”`,
    before: (field, value) => `${field} before ${value}`,
    after: (field, value) => `${field} from ${value} on`,
    atLeast: (field, value) => `${field} at least ${value}`,
    atMost: (field, value) => `${field} at most ${value}`,
    between: (field, value) => `${field} between ${value}`,
    inLast: (field, days) => `${field} in the last ${days} days`,
    notInLast: (field, days) => `${field} more than ${days} days ago`,
    inNext: (field, days) => `${field} in the next ${days} days`,
    anniversary: (field, days) => `anniversary of ${field.toLowerCase()} in the next ${days} days`,
    inPeriod: (field, period) => `${field} ${period}`,
    under: (field, value) => `${field} is ${value} or below`,
    empty: (field) => `No ${field.toLowerCase()}`,
    notEmpty: (field) => `Has ${field.toLowerCase()}`,
    not: (inner) => `Not: ${inner}`,
    some: (things) => `Has ${things.toLowerCase()}`,
    none: (things) => `No ${things.toLowerCase()}`,
    atLeastOf: (things, count) => `${things}: at least ${count}`,
    atMostOf: (things, count) => `${things}: at most ${count}`,
    exactlyOf: (things, count) => `${things}: exactly ${count}`,
    someWhere: (things, where) => `has ${things.toLowerCase()} (${where})`,
    noneWhere: (things, where) => `no ${things.toLowerCase()} (${where})`,
    atLeastWhere: (things, where, count) => `${things}: at least ${count} where ${where}`,
    atMostWhere: (things, where, count) => `${things}: at most ${count} where ${where}`,
    exactlyWhere: (things, where, count) => `${things}: exactly ${count} where ${where}`,
    ofOne: (thing, where) => `${thing} (${where})`,
    notOfOne: (thing, where) => `${thing} is not (${where})`,
    grouped: (inner) => `(${inner})`,
    everything: 'everything',
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
type Context = {
  locale: Locale
  entity: string
  fields: Fields
  directory: Directory
  p: Phrases
  periods: (typeof periodWords)['zh']
}

/** A condition over an entity as a sentence in the reader's language. */
export const useSayCondition = (entity: string, fields: Fields) => {
  const locale = useLocale()
  const context: Context = {
    ...{ locale, entity, fields, directory: useDirectory() },
    ...{ p: phrases[locale], periods: periodWords[locale] },
  }
  return (condition: Condition): string => say(condition, context)
}

const say = (condition: Condition, context: Context): string => {
  const { p } = context
  if ('field' in condition) return sayLeaf(condition, context)
  if ('related' in condition) return sayRelated(condition, context)
  if ('not' in condition) return p.not(inner(condition.not, context))
  const [parts, by] = 'all' in condition ? [condition.all, p.and] : [condition.any, p.or]
  if (parts.length === 0) return 'all' in condition ? p.everything : p.not(p.everything)
  if (parts.length === 1 && parts[0]) return say(parts[0], context)
  return parts.map((each) => inner(each, context)).join(by)
}

/** Several statements within another sentence stand in brackets. */
const inner = (condition: Condition, context: Context): string => {
  const list = 'all' in condition ? condition.all : 'any' in condition ? condition.any : []
  const said = say(condition, context)
  return list.length > 1 ? context.p.grouped(said) : said
}

const sayRelated = ({ related, is, count = 0, where }: Related, context: Context): string => {
  const { p, locale } = context
  const relation = relationsOf({ name: context.entity }).find(({ name }) => name === related)
  const things = relation?.label[locale] ?? related
  const below: Context = {
    ...context,
    entity: relation?.to.name ?? '',
    fields: { ...relation?.to.fields, ...systemFields },
  }
  const isEmpty = !where || ('all' in where && where.all.length === 0)
  if (isEmpty) return bare(p)[is](things, String(count))
  if (is === 'some') return (relation?.one ? p.ofOne : p.someWhere)(things, say(where, below))
  if (is === 'none') return (relation?.one ? p.notOfOne : p.noneWhere)(things, say(where, below))
  return counted(p)[is](things, inner(where, below), String(count))
}

const bare = (p: Phrases): Record<Amount, (things: string, count: string) => string> => ({
  some: p.some,
  none: p.none,
  at_least: p.atLeastOf,
  at_most: p.atMostOf,
  exactly: p.exactlyOf,
})

const counted = (
  p: Phrases,
): Record<Exclude<Amount, 'some' | 'none'>, Phrases['atLeastWhere']> => ({
  at_least: p.atLeastWhere,
  at_most: p.atMostWhere,
  exactly: p.exactlyWhere,
})

const sayLeaf = (leaf: Leaf, context: Context) => {
  const field = fieldNamed(context.fields, leaf.field)
  const label = field?.label[context.locale] ?? leaf.field
  const special = field?.said?.[`${leaf.is}:${leaf.value}`] ?? field?.said?.[leaf.is]
  const values =
    leaf.value === undefined ? [] : Array.isArray(leaf.value) ? leaf.value : [leaf.value]
  const joint = leaf.is === 'between' ? ' – ' : context.p.comma
  const value = values.map((each) => sayValue(field, leaf.is, each, context)).join(joint)
  if (special) return special[context.locale].replace('{value}', value)
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
    starts_with: p.starts,
    has: p.has,
    before: p.before,
    after: p.after,
    gte: p.atLeast,
    lte: p.atMost,
    between: p.between,
    in_last_days: p.inLast,
    not_in_last_days: p.notInLast,
    in_next_days: p.inNext,
    anniversary_in_days: p.anniversary,
    in_period: p.inPeriod,
    under: p.under,
    empty: p.empty,
    not_empty: p.notEmpty,
  }
}

const sayValue = (field: Field | undefined, is: Test, value: unknown, context: Context): string => {
  const { p, directory, locale, periods } = context
  if (value === 'me' && field?.kind === 'person') return p.me
  if (value === 'my_department' && field?.kind === 'department') return p.department
  if (is === 'in_period') return new Map(Object.entries(periods)).get(String(value)) ?? ''
  if (is.endsWith('_days')) return String(value)
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
