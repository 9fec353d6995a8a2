import type { Test } from '#platform/conditions/condition.ts'
import type { Field, Kind } from '#platform/fields/field.ts'

const several: readonly Test[] = ['in', 'not_in']
const presence: readonly Test[] = ['empty', 'not_empty']
const days: readonly Test[] = [
  'in_last_days',
  'not_in_last_days',
  'in_next_days',
  'before',
  'after',
]
const figures: readonly Test[] = ['gte', 'lte', 'eq']
const text: readonly Test[] = ['contains', 'eq']

const tests: Record<Kind, readonly Test[]> = {
  text,
  longText: ['contains'],
  integer: figures,
  number: figures,
  money: figures,
  date: days,
  dateTime: days,
  bool: ['eq'],
  choice: several,
  choices: ['has'],
  tags: ['has'],
  phone: ['eq'],
  phones: ['has'],
  email: text,
  link: ['contains'],
  code: ['eq', 'contains'],
  region: ['eq'],
  person: several,
  department: several,
  reference: [],
}

/** What can be said about a field in a filter, the likeliest first. */
export const testsOf = (field: Field): readonly Test[] => {
  const own = tests[field.kind]
  if (own.length === 0 || (field.required && field.kind !== 'tags')) return own
  return [...own, ...presence]
}
