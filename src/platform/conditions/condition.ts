import * as z from 'zod/mini'

export const tests = [
  'eq',
  'ne',
  'in',
  'not_in',
  'contains',
  'starts_with',
  'has',
  'before',
  'after',
  'gte',
  'lte',
  'between',
  'in_last_days',
  'not_in_last_days',
  'in_next_days',
  'anniversary_in_days',
  'in_period',
  'under',
  'empty',
  'not_empty',
] as const
export type Test = (typeof tests)[number]
export type Scalar = string | number | boolean

/** One statement about one field. `me` and `my_department` stand for the reader. */
export type Leaf = { field: string; is: Test; value?: Scalar | Scalar[] | undefined }

export const amounts = ['some', 'none', 'at_least', 'at_most', 'exactly'] as const
export type Amount = (typeof amounts)[number]

/** How many of the things related to a record, those that satisfy `where`, there are. */
export type Related = {
  related: string
  is: Amount
  count?: number | undefined
  where?: Condition | undefined
}
export type Condition =
  | Leaf
  | Related
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

/**
 * What keeps a condition readable and quick: how deep it nests, its leaves, the values of one, the
 * relations in all and one within another, and how high they are counted.
 */
export const bounds = {
  ...{ depth: 8, leaves: 50, values: 200, text: 200 },
  ...{ relations: 10, relationDepth: 2, count: 1000 },
}

/** The conditions directly inside one; a relation holds what its things must satisfy. */
export const partsOf = (condition: Condition): readonly Condition[] => {
  if ('field' in condition) return []
  if ('related' in condition) return condition.where ? [condition.where] : []
  if ('all' in condition) return condition.all
  return 'any' in condition ? condition.any : [condition.not]
}

/** The statements about fields of the record itself; not those about what is related to it. */
export const leavesOf = (condition: Condition): Leaf[] => {
  if ('field' in condition) return [condition]
  return 'related' in condition ? [] : partsOf(condition).flatMap(leavesOf)
}

type Place = readonly (string | number)[]
type Told = { condition: Condition } | { place: Place; reason: string }
type State = { leaves: number; relations: number }

/**
 * Reads what somebody sent as a condition and names the place of what is wrong. It goes no deeper
 * than the bounds allow, whatever was sent.
 */
export const readCondition = (given: unknown): Told => {
  const state: State = { leaves: 0, relations: 0 }
  try {
    return { condition: read(given, [], state, 1, 0) }
  } catch (error) {
    if (error instanceof Misread) return { place: error.place, reason: error.message }
    throw error
  }
}

class Misread extends Error {
  readonly place: Place
  constructor(place: Place, reason: string) {
    super(reason)
    this.place = place
  }
}

const read = (
  given: unknown,
  at: Place,
  state: State,
  depth: number,
  within: number,
): Condition => {
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    throw new Misread(at, 'condition_not_understood')
  if (depth > bounds.depth) throw new Misread(at, 'condition_too_deep')
  const node: Record<string, unknown> = { ...given }
  const deeper = (next: unknown, ...place: Place) =>
    read(next, [...at, ...place], state, depth + 1, within)
  const group = (name: 'all' | 'any') => {
    only(node, at, [name])
    const list = node[name]
    if (!Array.isArray(list)) throw new Misread([...at, name], 'list_needed')
    if (list.length > bounds.leaves) throw new Misread([...at, name], 'condition_too_long')
    return list.map((each: unknown, index) => deeper(each, name, index))
  }
  if ('all' in node) return { all: group('all') }
  if ('any' in node) return { any: group('any') }
  if ('not' in node) {
    only(node, at, ['not'])
    return { not: deeper(node.not, 'not') }
  }
  if ('related' in node) {
    state.relations += 1
    if (state.relations > bounds.relations) throw new Misread(at, 'condition_too_long')
    if (within >= bounds.relationDepth) throw new Misread(at, 'condition_too_deep')
    return readRelated(node, at, (where) =>
      read(where, [...at, 'where'], state, depth + 1, within + 1),
    )
  }
  state.leaves += 1
  if (state.leaves > bounds.leaves) throw new Misread(at, 'condition_too_long')
  return readLeaf(node, at)
}

const readRelated = (
  node: Record<string, unknown>,
  at: Place,
  inner: (where: unknown) => Condition,
): Related => {
  only(node, at, ['related', 'is', 'count', 'where'])
  const is = amounts.find((each) => each === node.is)
  if (!is) throw new Misread([...at, 'is'], 'test_unknown')
  const { related, count } = node
  if (typeof related !== 'string') throw new Misread([...at, 'related'], 'relation_unknown')
  const counted = is !== 'some' && is !== 'none'
  const isCount =
    typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= bounds.count
  if (counted ? !isCount : count !== undefined) throw new Misread([...at, 'count'], 'count_needed')
  return {
    ...{ related, is },
    ...(typeof count === 'number' && { count }),
    ...(node.where !== undefined && { where: inner(node.where) }),
  }
}

const readLeaf = (node: Record<string, unknown>, at: Place): Leaf => {
  if (typeof node.field !== 'string') throw new Misread(at, 'condition_not_understood')
  only(node, at, ['field', 'is', 'value'])
  const is = tests.find((each) => each === node.is)
  if (!is) throw new Misread([...at, 'is'], 'test_unknown')
  if (node.field.length > 100) throw new Misread([...at, 'field'], 'field_unknown')
  if (node.value === undefined) return { field: node.field, is }
  return { field: node.field, is, value: readValue(node.value, [...at, 'value']) }
}

const readValue = (given: unknown, at: Place): Scalar | Scalar[] => {
  if (!Array.isArray(given)) return scalar(given, at)
  if (given.length > bounds.values) throw new Misread(at, 'too_many')
  return given.map((each: unknown, index) => scalar(each, [...at, index]))
}

const scalar = (given: unknown, at: Place): Scalar => {
  if (typeof given === 'string') {
    if (given.length > bounds.text) throw new Misread(at, 'too_long')
    return comparable(given)
  }
  if (typeof given === 'boolean' || (typeof given === 'number' && Number.isFinite(given)))
    return given
  throw new Misread(at, 'not_a_value')
}

/** PostgreSQL takes neither NUL nor half a surrogate pair; no record holds what they become here. */
const comparable = (text: string) => text.replaceAll('\0', '\uFFFD').toWellFormed()

const only = (node: Record<string, unknown>, at: Place, names: readonly string[]) => {
  const stray = Object.keys(node).find((name) => !names.includes(name))
  if (stray !== undefined) throw new Misread([...at, stray], 'unknown_key')
}

const value = z.union([
  z.string().check(z.maxLength(bounds.text), z.overwrite(comparable)),
  z.number(),
  z.boolean(),
])
const list = () => z.array(node).check(z.maxLength(bounds.leaves))

/** How the API document shows a condition. */
const node: z.ZodMiniType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({
      field: z.string().check(z.maxLength(100)),
      is: z.enum(tests),
      value: z.optional(z.union([value, z.array(value).check(z.maxLength(bounds.values))])),
    }),
    z.strictObject({
      related: z.string(),
      is: z.enum(amounts),
      count: z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(bounds.count))),
      where: z.optional(node),
    }),
    z.strictObject({ all: list() }),
    z.strictObject({ any: list() }),
    z.strictObject({ not: node }),
  ]),
)

/**
 * The schema of a condition. It is documented as the union that it is and read by `readCondition`: a
 * union of five would say only that none of them fits, and go down as deep as it is sent.
 */
export const conditionShape: z.ZodMiniType<Condition> = (() => {
  const shape = z.lazy(() => node)
  const parse: typeof shape._zod.parse = (payload) => {
    const told = readCondition(payload.value)
    if ('condition' in told) payload.value = told.condition
    else
      payload.issues.push({
        code: 'custom',
        message: told.reason,
        path: [...told.place],
        input: payload.value,
        inst: shape,
      })
    return payload
  }
  shape._zod.parse = parse
  shape._zod.deferred?.push(() => {
    shape._zod.run = parse
  })
  shape._zod.run = parse
  return shape
})()
