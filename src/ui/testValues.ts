import type { Leaf, Test } from '#platform/conditions/condition.ts'
import { askedWith } from '#platform/conditions/tests.ts'

/** Whether a test has all that it is asked with. */
export const isComplete = (is: Test, value: Leaf['value']): boolean => {
  const asked = askedWith(is)
  if (asked === 'nothing') return true
  if (asked === 'two') return Array.isArray(value) && value.length === 2
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
}

/** The value that stays when another test is chosen: one of another shape makes no sense. */
export const keptValue = (from: Test, to: Test, value: Leaf['value']): Leaf['value'] =>
  askedWith(from) === askedWith(to) ? value : undefined

export const leafOf = (field: string, is: Test, value: Leaf['value']): Leaf =>
  askedWith(is) === 'nothing' || value === undefined ? { field, is } : { field, is, value }
