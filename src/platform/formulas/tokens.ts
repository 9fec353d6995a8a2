import { Trouble } from './trouble.ts'

export type Token = {
  kind: 'number' | 'text' | 'field' | 'word' | 'sign' | 'end'
  /** What it says, without quotes or brackets; signs in their plain form. */
  text: string
  /** Where it begins and ends in the source, counted from 0. */
  at: number
  end: number
}

/** Longer formulas are a program, and nobody could check them by eye. */
const mostCharacters = 2000

const patterns: readonly [Token['kind'], RegExp][] = [
  ['number', /[\d０-９]+(?:[.．][\d０-９]+)?/y],
  ['text', /'([^']*)'|"([^"]*)"|[“”]([^“”]*)[“”]|‘([^’]*)’/y],
  ['field', /「([^「」]*)」|\[([^[\]]*)\]/y],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['sign', /<=|>=|<>|!=|==|[-+*/=<>(),≤≥≠×÷，（）＋－＝＜＞＊／]/y],
]

const plainSigns = new Map([
  ['==', '='],
  ['!=', '<>'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '<>'],
  ['×', '*'],
  ['÷', '/'],
  ['，', ','],
  ['（', '('],
  ['）', ')'],
  ['＋', '+'],
  ['－', '-'],
  ['＝', '='],
  ['＜', '<'],
  ['＞', '>'],
  ['＊', '*'],
  ['／', '/'],
])

/** Cuts a formula into its parts, in the signs of both keyboards. */
export const tokensOf = (source: string): Token[] => {
  if (source.length > mostCharacters) throw new Trouble('formula_too_long', mostCharacters)
  const tokens: Token[] = []
  for (let at = 0; at < source.length; ) {
    if (/\s/u.test(source.charAt(at))) {
      at += 1
      continue
    }
    const token = tokenAt(source, at)
    if (!token) throw new Trouble('formula_character', at, { value: source.charAt(at) })
    tokens.push(token)
    at = token.end
  }
  return [...tokens, { kind: 'end', text: '', at: source.length, end: source.length }]
}

const tokenAt = (source: string, at: number): Token | undefined => {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (!found) continue
    const inside = found.slice(1).find((each) => each !== undefined)
    const text = inside ?? found[0]
    return { kind, text: said(kind, text), at, end: at + found[0].length }
  }
  return undefined
}

const said = (kind: Token['kind'], text: string) => {
  if (kind === 'sign') return plainSigns.get(text) ?? text
  if (kind === 'number') return text.normalize('NFKC')
  return kind === 'field' ? text.trim() : text
}
