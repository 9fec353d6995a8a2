import { fold } from './fold.ts'
import {
  codeText,
  emailText,
  gramLength,
  grams,
  initialsLength,
  marked,
  nameText,
  numberText,
  type SearchClass,
  soundLength,
} from './marks.ts'

/** Holds when the document has all `tokens` and its text is LIKE every pattern (escape `\`). */
export type Alternative = { class: SearchClass; tokens: string[]; like: string[] }
/** A row matches when each group has an alternative that holds; a group without any never does. */
type SearchQuery = { allOf: { anyOf: Alternative[] }[] }

type Word = { text: string; sound: string; parts: string[] }

// Enough for any name typed in full, and a bound for what a pasted page costs.
const queryLetters = 100
const queryWords = 8
// So many pieces, spread over the text, narrow the index enough; the pattern looks at the rest.
const queryGrams = 8

/**
 * What to look for when somebody types `q`, using only the kinds in `allowed`, so that nothing
 * leaks by searching. Words parted by blanks must all match, in any order; digit groups such as
 * `138 0013 8000` are one word. Undefined when `q` holds no letter or digit: nothing was asked.
 * Pieces shorter than the index has (phones and codes 4, e-mails and numbers 3) find only values
 * that are that short as a whole; a number is also found by its counter without leading zeros.
 */
export const queryOf = (q: string, allowed: ReadonlySet<SearchClass>): SearchQuery | undefined => {
  const words = wordsOf(q).slice(0, queryWords)
  if (words.length === 0) return undefined
  return { allOf: words.map((word) => ({ anyOf: alternativesOf(word, allowed) })) }
}

const alternativesOf = (word: Word, allowed: ReadonlySet<SearchClass>) =>
  [...nameWays(word), ...phoneWays(word.text), ...markedWays(word.text)].filter((way) =>
    allowed.has(way.class),
  )

const wordsOf = (q: string): Word[] => {
  const cut = [...q].slice(0, queryLetters).join('')
  const texts = fold(cut).split(' ')
  // ü is typed v; folding would make it u.
  const sounds = fold(cut.normalize('NFKC').replace(/[üǖǘǚǜ]/giu, 'v')).split(' ')
  const words = texts.map((text, place) => ({ text, sound: sounds[place] ?? '', parts: [text] }))
  return digitGroups(words.filter((word) => nameText(word.text) !== ''))
}

// Neighbouring groups of digits are one number when one of them is too short to be looked for.
const digitGroups = (words: Word[]): Word[] => {
  const result: Word[] = []
  let place = 0
  while (place < words.length) {
    const others = words.slice(place).findIndex((word) => !/^[+\d().-]+$/.test(word.text))
    const end = others === -1 ? words.length : place + Math.max(others, 1)
    const group = words.slice(place, end)
    result.push(...(isSplitNumber(group) ? [joined(group)] : group))
    place = end
  }
  return result
}

const isSplitNumber = (group: Word[]) => {
  const lengths = group.map((word) => word.text.replace(/\D/g, '').length)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  return lengths.some((length) => length < gramLength.phone) && total >= gramLength.phone
}

const joined = (group: Word[]): Word => {
  const parts = group.map((word) => word.text)
  return { text: parts.join(' '), sound: '', parts }
}

const nameWays = (word: Word): Alternative[] => {
  if (word.text.includes('@')) return []
  const ways = [nameWay([namePiece(word.text)])]
  if (word.parts.length > 1) ways.push(nameWay(word.parts.map(namePiece)))
  const sound = nameText(word.sound)
  if (/^[a-z\d]*[a-z][a-z\d]*$/.test(sound)) {
    ways.push(
      ...spellings(sound).flatMap((letters) =>
        [soundPiece(letters), initialsPiece(letters)].map((piece) => nameWay([piece])),
      ),
    )
  }
  // 重庆ca: Chinese and Latin pieces of one name, their order left open.
  if (/^[a-z\p{Script=Han}]*(?:[a-z]\p{Script=Han}|\p{Script=Han}[a-z])/u.test(sound)) {
    const runs = sound.match(/[a-z]+|[^a-z]+/g) ?? []
    for (const piece of [soundPiece, initialsPiece]) {
      ways.push(nameWay(runs.map((run) => (/^[a-z]/.test(run) ? piece(run) : namePiece(run)))))
    }
  }
  return ways
}

type Piece = { tokens: string[]; like: string[] }

const nameWay = (pieces: Piece[]): Alternative => ({
  class: 'name',
  tokens: [...new Set(pieces.flatMap((piece) => piece.tokens))],
  like: pieces.flatMap((piece) => piece.like),
})

const namePiece = (text: string) => gramPiece('n', nameText(text), 2)

const initialsPiece = (letters: string): Piece =>
  gramPiece('i', letters, initialsLength, (text) => marked('initials', text))

// The token ties the start to a syllable, the pattern sees to the rest.
const soundPiece = (letters: string): Piece => {
  if (letters.length < 2) return initialsPiece(letters)
  const like = letters.length > soundLength ? [contains(letters.toUpperCase())] : []
  return { tokens: [`y${letters.slice(0, soundLength)}`], like }
}

// lve and nve are stored as typed on a keyboard, lue and nue; passports have lyu for lv.
const spellings = (letters: string) => [
  ...new Set([letters, letters.replace(/([ln])ve/g, '$1ue'), letters.replace(/([ln])yu/g, '$1v')]),
]

const phoneWays = (text: string): Alternative[] => {
  if (!/^[+\d().\s-]+(?:(?:转|分机|ext\.?|#)\d+)?$/.test(text)) return []
  const digits = text.replace(/\D/g, '')
  const bare = digits.replace(text.startsWith('+') ? /^0*86/ : countryCode, '')
  const runs = text.startsWith('+') ? [bare] : [...new Set([digits, bare])]
  return runs.filter((run) => run !== '').map((run) => markedWay('phone', 'p', run))
}

// Digits alone may be the middle of a number: only long runs are also tried without such a start.
const countryCode = /^(?:00)?86(?=1[3-9]\d{5})|^00(?:86)?(?=[1-9]\d{6})/

const markedWays = (text: string): Alternative[] => {
  if (!/[a-z\d]/.test(text)) return []
  return [
    markedWay('email', 'e', emailText(text)),
    markedWay('number', 'k', numberText(text)),
    markedWay('code', 'c', codeText(text)),
  ]
}

const markedWay = (kind: keyof typeof gramLength, letter: string, text: string): Alternative => ({
  class: kind,
  ...gramPiece(letter, text, gramLength[kind], (piece) => marked(kind, piece)),
})

// A text no longer than a piece is a token by itself: no pattern needed.
const gramPiece = (
  letter: string,
  text: string,
  length: number,
  shown = (piece: string) => piece,
): Piece => {
  const tokens = grams(text, length).map((gram) => letter + gram)
  const step = Math.max(tokens.length / queryGrams, 1)
  const spread = tokens.filter((_, place) => place % step < 1)
  return { tokens: spread, like: [...text].length > length ? [contains(shown(text))] : [] }
}

const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`
