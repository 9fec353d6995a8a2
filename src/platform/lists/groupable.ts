import type { Field, Kind } from '../fields/field.ts'

const groups: readonly Kind[] = [
  'choice',
  'choices',
  'tags',
  'person',
  'department',
  'bool',
  'region',
  'date',
  'dateTime',
]

/** Whether rows fall into groups by this field: few values, each of several, or days by their month. */
export const groupable = (field: Field) => groups.includes(field.kind)

/** Whether the values of this field add up to something. */
export const summable = ({ kind }: Field) =>
  kind === 'integer' || kind === 'number' || kind === 'money'

/** Whether a card can be taken from one group to another: each group is one value that can be set. */
export const boardable = (field: Field) =>
  (field.kind === 'choice' || field.kind === 'bool' || field.kind === 'person') &&
  field.set !== 'system'

/** What can be made of a number over the rows of a group. */
export const figureNames = ['sum', 'average'] as const
export type Figure = (typeof figureNames)[number]

/** Whether the groups are months. */
export const isTime = ({ kind }: Field) => kind === 'date' || kind === 'dateTime'
