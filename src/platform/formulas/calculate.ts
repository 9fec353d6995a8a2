import { type ResultType, resultTypes } from '../fields/definition.ts'
import type { Field, Fields } from '../fields/field.ts'
import { compileFormula, type Formula } from './formula.ts'
import type { Row } from './types.ts'

/** The values of all formula fields for a row, each after those it is reckoned from. */
export const calculated = (fields: Fields, row: Row): Record<string, unknown> => {
  const steps = stepsOf(fields)
  if (steps.length === 0) return {}
  const values: Record<string, unknown> = { ...row }
  const results: Record<string, unknown> = {}
  for (const { name, formula } of steps) {
    results[name] = formula.run(values)
    values[name] = results[name]
  }
  return results
}

export type Step = { name: string; formula: Formula }

// Fields are the same object until an administrator changes one.
const known = new WeakMap<Fields, readonly Step[]>()

const stepsOf = (fields: Fields): readonly Step[] => {
  const held = known.get(fields)
  if (held) return held
  const steps = ordered(fields)
  known.set(fields, steps)
  return steps
}

/** The formulas in an order in which each can be reckoned; those in a circle, or with a fault, give nothing. */
const ordered = (fields: Fields): Step[] => {
  const waiting = Object.entries(fields).flatMap(([name, field]): Step[] => {
    if (field.formula === undefined) return []
    const read = compileFormula(field.formula, resultOf(field), fields)
    return 'formula' in read ? [{ name, formula: read.formula }] : []
  })
  const steps: Step[] = []
  for (;;) {
    const open = new Set(waiting.map(({ name }) => name))
    const ready = waiting.findIndex(({ formula }) =>
      [...formula.uses].every((use) => !open.has(use)),
    )
    const [step] = ready < 0 ? [] : waiting.splice(ready, 1)
    if (!step) return steps
    steps.push(step)
  }
}

const resultOf = ({ kind }: Field): ResultType =>
  resultTypes.find((each) => each === kind) ?? 'text'

/** Whether a formula leads back to itself over others. */
export const isCircular = (name: string, fields: Fields): boolean =>
  fields[name]?.formula !== undefined && !stepsOf(fields).some((step) => step.name === name)
