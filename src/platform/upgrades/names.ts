import type { Ctx } from '../database/ctx.ts'
import { encrypt, isEncrypted, type Place } from '../encryption/encryption.ts'
import { type Definition, fieldFrom, fieldsWith } from '../fields/definition.ts'
import type { Entity } from '../fields/entity.ts'
import { compileFormula } from '../formulas/formula.ts'
import { entities } from '../records/registry.ts'

export type Values = Record<string, unknown>

/** A kind of record with the added fields that are encrypted, those retired too, as their values stay. */
export type Affected = {
  entity: Entity
  names: readonly string[]
  /** Formulas that were reckoned from one of them. */
  results: readonly string[]
}

export const affected = async ({ db }: Pick<Ctx, 'db'>): Promise<Affected[]> => {
  const rows = await db.selectFrom('custom_field').select(['entity', 'definition']).execute()
  return entities().flatMap((entity) => {
    const own = rows.filter((row) => row.entity === entity.name).map((row) => row.definition)
    const names = own.filter((each) => fieldFrom(each).encrypted).map(({ name }) => name)
    return names.length === 0 ? [] : [{ entity, names, results: resultsOf(entity, own) }]
  })
}

/** A value in its stored form; what is none, or encrypted already, as it is. */
export const closedValue = (place: Place, value: unknown): unknown =>
  typeof value === 'string' && value !== '' && !isEncrypted(value) ? encrypt(place, value) : value

/** Formulas over an encrypted field, and those over these. */
const resultsOf = (entity: Entity, definitions: readonly Definition[]): string[] => {
  const fields = fieldsWith(entity, definitions)
  const found = new Set<string>()
  const formulas = definitions.filter(({ kind }) => kind === 'formula')
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const { name, formula = '', result = 'number' } of formulas) {
      const read = compileFormula(formula, result, fields)
      const over =
        'problem' in read
          ? read.problem.reason === 'formula_field_encrypted'
          : [...read.formula.uses].some((use) => found.has(use))
      if (over) found.add(name)
    }
  }
  return [...found]
}
