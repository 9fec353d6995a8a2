import { type Field, isList, type Kind } from '../fields/field.ts'
import type { Leaf, Test } from './condition.ts'

const several: readonly Test[] = ['in', 'not_in', 'eq', 'ne']
const days: readonly Test[] = [
  'in_last_days',
  'not_in_last_days',
  'in_next_days',
  'in_period',
  'anniversary_in_days',
  'before',
  'after',
  'between',
  'eq',
]
const figures: readonly Test[] = ['gte', 'lte', 'between', 'eq', 'ne']
const words: readonly Test[] = ['contains', 'starts_with', 'eq', 'ne', 'in']
const one: readonly Test[] = ['has']

const byKind: Record<Kind, readonly Test[]> = {
  text: words,
  longText: ['contains', 'starts_with', 'eq', 'ne', 'in'],
  integer: figures,
  number: figures,
  money: figures,
  date: days,
  dateTime: days,
  bool: ['eq'],
  choice: several,
  choices: one,
  tags: one,
  phone: ['eq', 'starts_with', 'contains', 'ne', 'in'],
  phones: one,
  email: words,
  link: words,
  code: ['eq', 'starts_with', 'contains', 'ne', 'in'],
  // Encrypted: a whole value is looked for beside conditions, counted and nowhere kept.
  idNumber: [],
  bankAccount: [],
  region: ['eq', 'ne', 'in', 'not_in'],
  person: several,
  department: ['in', 'not_in', 'under', 'eq', 'ne'],
  reference: ['eq'],
  // Which file it is tells nobody anything; whether there is one does.
  file: [],
}

/** Which tests make sense of a field, the likeliest first; the server accepts no other. */
export const testsOf = (field: Field): readonly Test[] => {
  const own = byKind[field.kind]
  // Records that were there before a field was added have none of it, required or not.
  const always = field.required && !field.custom && !isList(field)
  return always ? own : [...own, 'empty', 'not_empty']
}

/** Those that an editor offers: what another one says in better words is left out. */
export const offeredTests = (field: Field): readonly Test[] => {
  if (field.kind === 'reference') return testsOf(field).filter((is) => is !== 'eq')
  const choosesSeveral = byKind[field.kind][0] === 'in'
  return testsOf(field).filter((is) =>
    choosesSeveral ? is !== 'eq' && is !== 'ne' : is !== 'in' && is !== 'not_in',
  )
}

/** What a test is asked with. */
export type Asked = 'nothing' | 'one' | 'several' | 'days' | 'two' | 'period'

export const askedWith = (is: Test): Asked => {
  switch (is) {
    case 'empty':
    case 'not_empty':
      return 'nothing'
    case 'in':
    case 'not_in':
      return 'several'
    case 'between':
      return 'two'
    case 'in_period':
      return 'period'
    case 'in_last_days':
    case 'not_in_last_days':
    case 'in_next_days':
    case 'anniversary_in_days':
      return 'days'
    default:
      return 'one'
  }
}

/** Whether what a leaf says changes with the day, though the record does not. */
export const followsCalendar = ({ is }: Leaf) => {
  const asked = askedWith(is)
  return asked === 'days' || asked === 'period'
}
