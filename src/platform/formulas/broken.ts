import type { Definition } from '../fields/definition.ts'
import type { Fields } from '../fields/field.ts'
import { compileFormula } from './formula.ts'

/** Whether a definition is a formula that does not hold among these fields. */
export const isBroken = (
  { kind, formula = '', result = 'number' }: Definition,
  fields: Fields,
): boolean => kind === 'formula' && 'problem' in compileFormula(formula, result, fields)

/**
 * The formulas that hold before a change and not after it; those that were broken already, such as by
 * an earlier version that allowed more, stand in nobody's way.
 */
export const brokenBy = (definitions: readonly Definition[], before: Fields, after: Fields) =>
  definitions.filter((each) => !isBroken(each, before) && isBroken(each, after))
