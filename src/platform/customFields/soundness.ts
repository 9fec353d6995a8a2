import { requireDistinct } from '../dictionaries/commands.ts'
import { AppError, badField } from '../errors/error.ts'
import { type Definition, fieldFrom, fieldsFrom, unsortable } from '../fields/definition.ts'
import type { Fields, Sensitivity } from '../fields/field.ts'
import { brokenBy, isBroken } from '../formulas/broken.ts'
import { isCircular } from '../formulas/calculate.ts'
import { compileFormula, withNames } from '../formulas/formula.ts'

/**
 * The definition as it is kept, or why it cannot be: what it refers to must exist, a formula must be
 * right and never end in itself. A formula is kept with names for labels, and is at least as sensitive
 * as what it is reckoned from: else it would show what is hidden.
 */
export const sound = (definition: Definition, fields: Fields, before?: Definition): Definition => {
  requireKind(definition)
  const { when, name } = definition
  // What goes by a field that was retired since waits for it.
  const waits = when?.field === before?.when?.field
  const known = when && Object.hasOwn(fields, when.field) && when.field !== name
  if (when && !known && !waits)
    throw badField('definition.when.field', 'field_unknown', { field: when.field })
  // The values it would name lie in the definition for everybody to read.
  if (when && fields[when.field]?.encrypted)
    throw badField('definition.when.field', 'field_encrypted', { field: when.field })
  return definition.kind === 'formula' ? soundFormula(definition, fields) : definition
}

/** Refuses a change after which a formula of the same kind of record would no longer hold. */
export const requireFormulas = (
  definitions: readonly Definition[],
  before: Fields,
  after: Fields,
) => {
  const broken = brokenBy(definitions, before, after)[0]
  if (broken)
    throw new AppError('conflict', 'field_in_formula', { facts: { name: broken.label.zh } })
}

/**
 * The other formulas that have become more sensitive by a change of what they are reckoned from: they
 * would show what is hidden now. Each round goes one formula further.
 */
export const raised = (definitions: readonly Definition[], fields: Fields): Definition[] => {
  const changed = new Map<string, Definition>()
  for (let round = 0; round < definitions.length; round += 1) {
    const now = { ...fields, ...fieldsFrom([...changed.values()]) }
    const next = definitions
      .map((each) => changed.get(each.name) ?? each)
      .filter((each) => each.kind === 'formula' && !isBroken(each, now))
      .flatMap((each) => {
        const judged = soundFormula(each, now)
        return judged.sensitivity === each.sensitivity ? [] : [judged]
      })
    if (next.length === 0) break
    for (const each of next) changed.set(each.name, each)
  }
  return [...changed.values()]
}

const requireKind = (definition: Definition) => {
  if (definition.sort && unsortable.includes(definition.kind))
    throw badField('definition.sort', 'field_kind_not_sortable')
  if (definition.search && fieldFrom(definition).encrypted)
    throw badField('definition.search', 'field_kind_not_searchable')
  const chosen = definition.kind === 'choice' || definition.kind === 'choices'
  if (chosen && !definition.choices && !definition.dictionary)
    throw badField('definition.choices', 'required')
  if (definition.dictionary && (!chosen || definition.choices))
    throw badField('definition.dictionary', 'dictionary_or_choices')
  requireDistinct(definition.choices ?? [], 'definition.choices')
}

const soundFormula = (definition: Definition, fields: Fields): Definition => {
  const { formula = '', result = 'number' } = definition
  const read = compileFormula(formula, result, fields)
  if ('problem' in read) {
    const { reason, at, values } = read.problem
    throw badField('definition.formula', reason, { ...values, at: at + 1 })
  }
  const kept = { ...definition, result, formula: withNames(formula, fields) }
  const all = { ...fields, [definition.name]: fieldFrom(kept) }
  if (isCircular(definition.name, all)) throw badField('definition.formula', 'formula_circle')
  const needed = [...read.formula.uses].map((use) => fields[use]?.sensitivity ?? 'internal')
  const least = order.findLast((each) => needed.includes(each)) ?? 'internal'
  const given = definition.sensitivity ?? 'internal'
  return order.indexOf(given) < order.indexOf(least) ? { ...kept, sensitivity: least } : kept
}

const order: readonly Sensitivity[] = ['internal', 'personal', 'sensitive']
