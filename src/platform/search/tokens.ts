import { samePhoneKey } from '#platform/china/phone.ts'
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
import { type Reading, readings } from './pinyin.ts'

/** `silent`: found by its letters alone, not by their sound. */
export type SearchPart = {
  class: SearchClass | 'words'
  text: string
  person?: boolean
  silent?: boolean
}
/** `tokens` for the inverted index, `text` for the exact second look by LIKE. */
export type SearchDocument = { tokens: string[]; text: string }

type Draft = { tokens: Set<string>; lines: Set<string> }

// Bounds the work and size for pasted essays: about 1,800 tokens for one name at the most.
const nameLetters = 200
const wordLetters = 5000
const nameSyllables = 64

/**
 * What is stored to find a record by `parts`. A token begins with the letter of its kind: n (1 and 2
 * letters of a name), y (2 to 4 letters of pinyin from the start of any syllable on), i (1 to 3
 * initials), p, e, k, c (pieces of phone, e-mail, number, code). The text has a line per part:
 * names folded in lower case, their pinyin in capitals, all else with its mark behind each letter.
 */
export const documentOf = (parts: readonly SearchPart[]): SearchDocument => {
  const draft: Draft = { tokens: new Set(), lines: new Set() }
  for (const part of parts) {
    if (part.class === 'name' || part.class === 'words') addName(draft, part)
    else addMarked(draft, part.class, part.text)
  }
  return { tokens: [...draft.tokens], text: `\n${[...draft.lines].join('\n')}\n` }
}

const addName = (draft: Draft, { class: kind, text: name, person = false, silent }: SearchPart) => {
  const letters = kind === 'words' ? wordLetters : nameLetters
  const text = [...nameText(name)].slice(0, letters).join('')
  if (text === '') return
  draft.lines.add(text)
  for (const gram of [...grams(text, 1), ...grams(text, 2)]) draft.tokens.add(`n${gram}`)
  if (silent || !/\p{Script=Han}/u.test(text)) return
  for (const reading of readings(name.slice(0, 2 * nameLetters), { person })) {
    addReading(draft, reading)
  }
}

const addReading = (draft: Draft, reading: Reading) => {
  const syllables = reading.syllables.slice(0, nameSyllables)
  if (syllables.length === 0) return
  draft.lines.add(syllables.join('').toUpperCase())
  for (const start of syllables.keys()) {
    let sound = ''
    for (let at = start; at < syllables.length && sound.length < soundLength; at += 1)
      sound += syllables[at]
    sound = sound.slice(0, soundLength)
    for (let length = 2; length <= sound.length; length += 1) {
      draft.tokens.add(`y${sound.slice(0, length)}`)
    }
  }
  const initials = reading.initials.slice(0, nameSyllables)
  draft.lines.add(marked('initials', initials))
  for (let length = 1; length <= initialsLength; length += 1) {
    for (const gram of grams(initials, length)) draft.tokens.add(`i${gram}`)
  }
}

const letterOf = { phone: 'p', email: 'e', number: 'k', code: 'c' } as const

const addMarked = (draft: Draft, kind: Exclude<SearchClass, 'name'>, raw: string) => {
  const text = plainText[kind](raw)
  if (text === '') return
  draft.lines.add(marked(kind, text))
  const texts = kind === 'number' ? [text, counterOf(text)] : [text]
  for (const gram of texts.flatMap((each) => grams(each, gramLength[kind]))) {
    draft.tokens.add(letterOf[kind] + gram)
  }
}

const plainText: Record<Exclude<SearchClass, 'name'>, (text: string) => string> = {
  phone: samePhoneKey,
  email: emailText,
  number: numberText,
  code: codeText,
}

// KH000007 is also found by a bare 7.
const counterOf = (number: string) => /\d+$/.exec(number)?.[0].replace(/^0+/, '') ?? ''
