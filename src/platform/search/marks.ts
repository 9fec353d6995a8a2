import { fold } from './fold.ts'

/** The kinds of searchable text; rights are given or withheld by kind. */
export type SearchClass = 'name' | 'phone' | 'email' | 'number' | 'code'

/** Upper case letters and digits only in lines of sounds, a mark behind each letter of every other. */
type MarkedLine = 'initials' | Exclude<SearchClass, 'name'>

// Signs that no line holds as text, so a marked pattern can match in lines of its own kind only.
const marks: Record<MarkedLine, string> = {
  initials: "'",
  phone: '#',
  email: '|',
  number: '$',
  code: '&',
}

/** How long the pieces are by which a kind is indexed. */
export const gramLength = { phone: 4, email: 3, number: 3, code: 4 } as const
export const initialsLength = 3
export const soundLength = 4

export const marked = (line: MarkedLine, text: string) => {
  let result = ''
  for (const letter of text) result += letter + marks[line]
  return result
}

/** Letters and digits of a name, folded: blanks and signs never count. */
export const nameText = (text: string) => fold(text).replace(/[^\p{L}\p{N}\p{M}]/gu, '')

export const emailText = (text: string) => fold(text).replace(/[^\p{L}\p{N}@._+-]/gu, '')

export const numberText = nameText

/** Codes never hold the letters O and I; people type them for 0 and 1. */
export const codeText = (text: string) => nameText(text).replaceAll('o', '0').replaceAll('i', '1')

/** All pieces of `length` letters, each once; a text no longer than that is its only piece. */
export const grams = (text: string, length: number): string[] => {
  const letters = [...text]
  if (letters.length <= length) return text === '' ? [] : [text]
  // Without pairs of surrogates, as almost always, a piece is a slice: an import makes millions of them.
  const piece =
    letters.length === text.length
      ? (start: number) => text.slice(start, start + length)
      : (start: number) => letters.slice(start, start + length).join('')
  const pieces = new Set<string>()
  for (let start = 0; start + length <= letters.length; start += 1) pieces.add(piece(start))
  return [...pieces]
}
