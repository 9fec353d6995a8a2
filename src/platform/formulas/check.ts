import type { Field, Fields } from '../fields/field.ts'
import { bounded, type Decimal, decimalOf, ofWhole, over, times, toNumber } from './decimal.ts'
import { both, functions, wrong } from './functions.ts'
import type { Node, Sign } from './parse.ts'
import { reader } from './read.ts'
import { Trouble } from './trouble.ts'
import { type Part, type Type, typeOf, type Value } from './types.ts'

export type Scope = { fields: Fields; used: Set<string> }

/** Checks a tree against the fields it may name; what comes back can be run and never throws. */
export const check = (node: Node, scope: Scope): Part => {
  switch (node.kind) {
    case 'number':
      return literal(node.text, node.at)
    case 'text':
      return { type: 'text', words: [node.text], run: () => node.text || null }
    case 'bool':
      return { type: 'bool', run: () => node.value }
    case 'field':
      return fieldPart(node.text, node.at, scope)
    case 'minus': {
      const of = figure(node.of, scope)
      return { ...of, run: (row) => negated(of.run(row)) }
    }
    case 'not': {
      const of = check(node.of, scope)
      if (of.type !== 'bool') throw typeTrouble(node.of, 'bool', of.type)
      return { type: 'bool', run: (row) => of.run(row) !== true }
    }
    case 'call': {
      const make = Object.hasOwn(functions, node.name) ? functions[node.name] : undefined
      if (!make) throw new Trouble('formula_function', node.at, { name: node.name })
      const args = node.args.map((each) => check(each, scope))
      return make({ name: node.name, at: node.at, args, places: node.args.map(({ at }) => at) })
    }
    case 'binary':
      return binary(node, scope)
  }
}

/** The name of the field that a person means: by its label, or by its name where two bear the label. */
export const named = (text: string, at: number, fields: Fields): [string, Field] => {
  const own = Object.hasOwn(fields, text) ? fields[text] : undefined
  if (own) return [text, own]
  const wanted = text.trim().toLowerCase()
  const found = Object.entries(fields).filter(([, { label }]) =>
    [label.zh, label.en].some((each) => each.toLowerCase() === wanted),
  )
  const [first, second] = found
  if (first && !second) return first
  if (first)
    throw new Trouble('formula_field_ambiguous', at, {
      name: text,
      names: found.map(([name]) => name).join('、'),
    })
  const near = Object.values(fields).find(
    ({ label }) => wanted !== '' && (label.zh.includes(wanted) || wanted.includes(label.zh)),
  )
  if (near) throw new Trouble('formula_field_near', at, { name: text, near: near.label.zh })
  throw new Trouble('formula_field', at, { name: text })
}

const fieldPart = (text: string, at: number, { fields, used }: Scope): Part => {
  const [name, field] = named(text, at, fields)
  // What the product itself writes changes without a save, and a kept result would lag behind it.
  if (field.set === 'system' && !field.formula)
    throw new Trouble('formula_field_system', at, { name: field.label.zh })
  if (field.encrypted) throw new Trouble('formula_field_encrypted', at, { name: field.label.zh })
  used.add(name)
  const part = { type: typeOf(field), run: reader(name, field) }
  if (field.kind !== 'choice') return part
  const { choices = [], open } = field
  const former = new Map(
    choices.flatMap(({ label, aliases = [] }) => aliases.map((each) => [each, label.zh] as const)),
  )
  const words = choices.map(({ label }) => label.zh)
  for (const word of words) former.delete(word)
  return { ...part, former, ...(!open && { words }) }
}

const literal = (text: string, at: number): Part => {
  const value = decimalOf(text)
  if (value === undefined) throw new Trouble('formula_number', at, { value: text })
  return { type: 'number', literal: true, run: () => value }
}

const negated = (value: Value) => (value === null ? null : -(value as Decimal))

const typeTrouble = ({ at }: Node, wanted: string, found: Type) =>
  wrong({ at, places: [at] }, 0, wanted, found)

const figure = (node: Node, scope: Scope): Part => {
  const part = check(node, scope)
  if (part.type !== 'number' && part.type !== 'money') throw typeTrouble(node, 'number', part.type)
  return part
}

type Binary = Extract<Node, { kind: 'binary' }>

const binary = (node: Binary, scope: Scope): Part => {
  const left = check(node.left, scope)
  const right = check(node.right, scope)
  const { sign } = node
  if (sign === 'and' || sign === 'or') return logic(node, left, right)
  if (sign === '*' || sign === '/') return product(node, left, right)
  if (sign === '+' || sign === '-') return sum(node, left, right)
  return comparison(node, left, right)
}

const logic = (node: Binary, left: Part, right: Part): Part => {
  if (left.type !== 'bool') throw typeTrouble(node.left, 'bool', left.type)
  if (right.type !== 'bool') throw typeTrouble(node.right, 'bool', right.type)
  return {
    type: 'bool',
    run:
      node.sign === 'and'
        ? (row) => left.run(row) === true && right.run(row) === true
        : (row) => left.run(row) === true || right.run(row) === true,
  }
}

const isFigure = ({ type }: Part) => type === 'number' || type === 'money'

/** Money times a number is money, money by money a share; money times money means nothing. */
const product = (node: Binary, left: Part, right: Part): Part => {
  if (!isFigure(left)) throw typeTrouble(node.left, 'number', left.type)
  if (!isFigure(right)) throw typeTrouble(node.right, 'number', right.type)
  const run = both(left, right, (a, b) =>
    node.sign === '*' ? times(a as Decimal, b as Decimal) : over(a as Decimal, b as Decimal),
  )
  const money = [left, right].filter(({ type }) => type === 'money').length
  if (node.sign === '*') {
    if (money === 2) throw new Trouble('formula_money_times', node.at)
    return { type: money === 1 ? 'money' : 'number', run }
  }
  if (right.type === 'money' && left.type !== 'money')
    throw typeTrouble(node.left, 'money', left.type)
  return { type: left.type === 'money' && right.type !== 'money' ? 'money' : 'number', run }
}

const sum = (node: Binary, left: Part, right: Part): Part => {
  const turn = node.sign === '-' ? -1 : 1
  if (left.type === 'date' && right.type === 'date' && turn < 0)
    return { type: 'number', run: both(left, right, (a, b) => ofWhole(Number(a) - Number(b))) }
  if (left.type === 'date') {
    if (right.type !== 'number') throw typeTrouble(node.right, 'number', right.type)
    return {
      type: 'date',
      run: both(left, right, (a, b) => {
        const day = Number(a) + turn * Math.round(toNumber(b as Decimal))
        return Math.abs(day) > 3_000_000 ? null : day
      }),
    }
  }
  if (!isFigure(left)) throw typeTrouble(node.left, 'number', left.type)
  const type = alike(node, left, right)
  return {
    type,
    run: both(left, right, (a, b) =>
      bounded(turn < 0 ? (a as Decimal) - (b as Decimal) : (a as Decimal) + (b as Decimal)),
    ),
  }
}

/** The type of both; a number written beside money means yuan. */
const alike = (node: Binary, left: Part, right: Part): Type => {
  if (left.type === right.type) return left.type
  if (left.type === 'money' && right.type === 'number' && right.literal) return 'money'
  if (right.type === 'money' && left.type === 'number' && left.literal) return 'money'
  throw typeTrouble(node.right, left.type, right.type)
}

const comparison = (node: Binary, left: Part, right: Part): Part => {
  const type = alike(node, left, right)
  const equality = node.sign === '=' || node.sign === '<>'
  if (type === 'list' || type === 'other') throw typeTrouble(node.left, 'text', type)
  if (!equality && (type === 'bool' || type === 'text'))
    throw new Trouble('formula_no_order', node.at, { found: type })
  const [one, other] = [asNamed(node.left, right, left), asNamed(node.right, left, right)]
  knownWords(node.right, left, other)
  knownWords(node.left, right, one)
  const judge = judges[node.sign]
  return {
    type: 'bool',
    run: (row) => {
      const a = one.run(row)
      const b = other.run(row)
      if (a === null || b === null) return node.sign === '<>' && a !== b
      return judge(a, b)
    },
  }
}

/** A former name of a choice means the choice, so that renaming it changes no result. */
const asNamed = (place: Node, choice: Part, text: Part): Part => {
  const [word = ''] = text.words ?? []
  const name = place.kind === 'text' ? choice.former?.get(word) : undefined
  return name === undefined ? text : { ...text, words: [name], run: () => name }
}

/** A choice is compared with one of its labels, or the comparison could never hold. */
const knownWords = (place: Node, choice: Part, text: Part) => {
  const missing = choice.words && text.words?.find((each) => !choice.words?.includes(each))
  if (place.kind === 'text' && choice.words && missing !== undefined)
    throw new Trouble('formula_no_choice', place.at, {
      value: missing,
      names: choice.words.slice(0, 12).join('、'),
    })
}

type Judge = (a: NonNullable<Value>, b: NonNullable<Value>) => boolean
const judges: Record<Sign, Judge> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  ...{ '+': () => false, '-': () => false, '*': () => false, '/': () => false },
  ...{ and: () => false, or: () => false },
}
