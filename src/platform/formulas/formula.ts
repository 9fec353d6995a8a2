import type { ResultType } from '../fields/definition.ts'
import type { Fields } from '../fields/field.ts'
import { check, named } from './check.ts'
import { isReserved, parse } from './parse.ts'
import { stored } from './read.ts'
import { tokensOf } from './tokens.ts'
import { Trouble } from './trouble.ts'
import type { Row, Type } from './types.ts'

/** What is wrong, where it is counted from 0, and what its sentence needs. */
export type Problem = { reason: string; at: number; values: Readonly<Record<string, string>> }
export type Formula = {
  /** The fields it is reckoned from. */
  uses: ReadonlySet<string>
  /** The value to store for a row; null where something it needs is missing. Never throws. */
  run: (row: Row) => unknown
}

/**
 * Reads a formula over these fields that shall give `result`. Either a formula that can be run on any
 * row, or what is wrong with it. A number may be declared as money: it is yuan.
 */
export const compileFormula = (
  source: string,
  result: ResultType,
  fields: Fields,
): { formula: Formula } | { problem: Problem } =>
  tried(() => {
    const uses = new Set<string>()
    const node = parse(source)
    const part = check(node, { fields, used: uses })
    const fits = part.type === result || (result === 'money' && part.type === 'number')
    if (!fits) throw new Trouble('formula_result', 0, { wanted: result, found: part.type })
    const type: Type = result
    return { formula: { uses, run: (row: Row) => stored(type, part.run(row)) } }
  })

/** The fields that a formula is reckoned from; undefined where it cannot be read over these. */
export const fieldsUsed = (source: string, fields: Fields): ReadonlySet<string> | undefined => {
  const used = tried(() => {
    const names = new Set<string>()
    check(parse(source), { fields, used: names })
    return { names }
  })
  return 'names' in used ? used.names : undefined
}

/** The formula with every field by its name, so that renaming a label does not break it. */
export const withNames = (source: string, fields: Fields): string =>
  rewritten(source, (text, at) => named(text, at, fields)[0])

/** The same with labels, for the eye; fields that share a label keep their names. */
export const withLabels = (source: string, fields: Fields): string =>
  rewritten(source, (text, at) => {
    const [name, { label }] = named(text, at, fields)
    const alone = Object.values(fields).filter((each) => each.label.zh === label.zh).length === 1
    return alone && !/[「」]/.test(label.zh) ? label.zh : name
  })

const rewritten = (source: string, nameOf: (text: string, at: number) => string) => {
  try {
    let written = ''
    let from = 0
    const tokens = tokensOf(source)
    for (const [place, { kind, text, at, end }] of tokens.entries()) {
      const bare = kind === 'word' && !isReserved(text) && tokens[place + 1]?.text !== '('
      if (kind !== 'field' && !bare) continue
      written += `${source.slice(from, at)}「${nameOf(text, at)}」`
      from = end
    }
    return written + source.slice(from)
  } catch (problem) {
    if (problem instanceof Trouble) return source
    throw problem
  }
}

const tried = <T>(make: () => T): T | { problem: Problem } => {
  try {
    return make()
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble
    const { reason, at, values } = trouble
    return { problem: { reason, at, values } }
  }
}
