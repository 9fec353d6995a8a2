import * as z from 'zod/mini'

const value = z.union([z.string().check(z.maxLength(200)), z.number(), z.boolean()])

export const tests = [
  'eq',
  'ne',
  'in',
  'not_in',
  'contains',
  'has',
  'before',
  'after',
  'gte',
  'lte',
  'in_last_days',
  'not_in_last_days',
  'in_next_days',
  'empty',
  'not_empty',
] as const
export type Test = (typeof tests)[number]
export type Scalar = z.infer<typeof value>

/** One statement about one field. `me` and `my_department` stand for the reader. */
export type Leaf = { field: string; is: Test; value?: Scalar | Scalar[] | undefined }
export type Condition = Leaf | { all: Condition[] } | { any: Condition[] } | { not: Condition }

/** A condition nests at most this deep and holds at most this many leaves: it stays readable and quick. */
export const bounds = { depth: 5, leaves: 50, values: 200 }

const leaf: z.ZodMiniType<Leaf> = z.strictObject({
  field: z.string().check(z.maxLength(100)),
  is: z.enum(tests),
  value: z.optional(z.union([value, z.array(value).check(z.maxLength(bounds.values))])),
})

const node: z.ZodMiniType<Condition> = z.lazy(() =>
  z.union([
    leaf,
    z.strictObject({ all: z.array(node).check(z.maxLength(bounds.leaves)) }),
    z.strictObject({ any: z.array(node).check(z.maxLength(bounds.leaves)) }),
    z.strictObject({ not: node }),
  ]),
)

/** Reads a condition; one that nests too deep or is too long is refused before it is walked. */
export const conditionShape = node.check(
  z.refine((condition) => depthOf(condition) <= bounds.depth, 'condition_too_deep'),
  z.refine((condition) => leavesOf(condition).length <= bounds.leaves, 'condition_too_long'),
)

export const leavesOf = (condition: Condition): Leaf[] => {
  if ('field' in condition) return [condition]
  return branches(condition).flatMap(leavesOf)
}

const depthOf = (condition: Condition): number =>
  'field' in condition ? 1 : 1 + Math.max(0, ...branches(condition).map(depthOf))

const branches = (condition: Exclude<Condition, Leaf>): Condition[] => {
  if ('all' in condition) return condition.all
  if ('any' in condition) return condition.any
  return [condition.not]
}
