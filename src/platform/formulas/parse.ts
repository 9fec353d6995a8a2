import { type Token, tokensOf } from './tokens.ts'
import { Trouble } from './trouble.ts'

export type Node = { at: number } & (
  | { kind: 'number' | 'text' | 'field'; text: string }
  | { kind: 'bool'; value: boolean }
  | { kind: 'minus' | 'not'; of: Node }
  | { kind: 'binary'; sign: Sign; left: Node; right: Node }
  | { kind: 'call'; name: string; args: Node[] }
)
export type Sign = '+' | '-' | '*' | '/' | '=' | '<>' | '<' | '<=' | '>' | '>=' | 'and' | 'or'

const binds: Record<Sign, number> = {
  ...{ or: 1, and: 2, '=': 3, '<>': 3, '<': 3, '<=': 3, '>': 3, '>=': 3 },
  ...{ '+': 4, '-': 4, '*': 5, '/': 5 },
}
const tightest = 6

// Deeper nesting is unreadable, and its parsing would need the stack.
const mostDeep = 40

const chinese = new Map([
  ['且', 'and'],
  ['或', 'or'],
  ['非', 'not'],
  ['真', 'true'],
  ['假', 'false'],
])

// A word as the grammar knows it, in either language and any case.
const plain = (text: string) => chinese.get(text) ?? text.toLowerCase()

/** Words that are no names of fields. */
export const isReserved = (text: string) =>
  ['and', 'or', 'not', 'true', 'false'].includes(plain(text))

type Reader = { next: () => Token; peek: () => Token; deep: number }

/** The tree of a formula, after Pratt; throws a Trouble that names the place. */
export const parse = (source: string): Node => {
  const tokens = tokensOf(source)
  let place = 0
  const last = tokens.length - 1
  const peek = () => tokens[Math.min(place, last)] as Token
  const next = () => {
    const token = peek()
    place += 1
    return token
  }
  const reader = { next, peek, deep: 0 }
  if (peek().kind === 'end') throw new Trouble('formula_empty', 0)
  const node = expression(reader, 0)
  const rest = peek()
  if (rest.kind !== 'end') throw unexpected(rest)
  return node
}

const unexpected = (token: Token) =>
  token.kind === 'end'
    ? new Trouble('formula_ends', token.at)
    : new Trouble('formula_unexpected', token.at, { value: token.text })

const expression = (reader: Reader, least: number): Node => {
  reader.deep += 1
  if (reader.deep > mostDeep) throw new Trouble('formula_too_deep', reader.peek().at)
  let left = operand(reader)
  for (
    let sign = signOf(reader.peek());
    sign && binds[sign] > least;
    sign = signOf(reader.peek())
  ) {
    const { at } = reader.next()
    left = { kind: 'binary', sign, left, right: expression(reader, binds[sign]), at }
  }
  reader.deep -= 1
  return left
}

const wordOf = (token: Token) => (token.kind === 'word' ? plain(token.text) : undefined)

const signOf = (token: Token): Sign | undefined => {
  const text = token.kind === 'sign' ? token.text : wordOf(token)
  return text !== undefined && Object.hasOwn(binds, text) ? (text as Sign) : undefined
}

const operand = (reader: Reader): Node => {
  const token = reader.next()
  const { kind, text, at } = token
  if (kind === 'number' || kind === 'text' || kind === 'field') return { kind, text, at }
  if (text === '-' && kind === 'sign')
    return { kind: 'minus', of: expression(reader, tightest), at }
  if (text === '+' && kind === 'sign') return expression(reader, tightest)
  if (text === '(' && kind === 'sign') {
    const inside = expression(reader, 0)
    close(reader)
    return inside
  }
  const word = wordOf(token)
  if (word === undefined) throw unexpected(token)
  if (reader.peek().text === '(' && reader.peek().kind === 'sign') return call(reader, word, at)
  if (word === 'not') return { kind: 'not', of: expression(reader, binds.and), at }
  if (word === 'true' || word === 'false') return { kind: 'bool', value: word === 'true', at }
  if (Object.hasOwn(binds, word)) throw unexpected(token)
  return { kind: 'field', text, at }
}

const call = (reader: Reader, word: string, at: number): Node => {
  reader.next()
  const args: Node[] = []
  if (isSign(reader.peek(), ')')) {
    reader.next()
    return { kind: 'call', name: word.toUpperCase(), args, at }
  }
  for (;;) {
    args.push(expression(reader, 0))
    if (!isSign(reader.peek(), ',')) break
    reader.next()
  }
  close(reader)
  return { kind: 'call', name: word.toUpperCase(), args, at }
}

const isSign = (token: Token, text: string) => token.kind === 'sign' && token.text === text

const close = (reader: Reader) => {
  const token = reader.next()
  if (isSign(token, ')')) return
  if (token.kind === 'end') throw new Trouble('formula_unclosed', token.at)
  throw unexpected(token)
}
