import { soundsOf as readAloud, type Sound } from '#platform/china/reading.ts'
import { foldForReading } from './fold.ts'

type NameKind = { person: boolean }
/** One way to read a name: syllables and Latin or digit words in order; `initials` has words whole. */
export type Reading = { syllables: string[]; initials: string }

// Surnames that are read otherwise than the character alone; the first reading sorts.
const surnames = new Map(
  `单 shan4|曾 zeng1|仇 qiu2|区 ou1|解 xie4|查 zha1|盖 ge3 gai4|朴 piao2 pu3|乐 yue4 le4|覃 qin2 tan2
翟 zhai2 di2|折 she2|黑 he4|重 chong2|秘 bi4|缪 miao4|员 yun4|燕 yan1|祭 zhai4|繁 po2|种 chong2|佴 nai4
能 nai4|句 gou1|谌 chen2 shen4|召 shao4|都 du1|牟 mou2 mu4|隗 wei3 kui2|郇 xun2 huan2|郗 xi1 chi1|尉 wei4
宁 ning4|那 na1|相 xiang4|任 ren2|哈 ha3|过 guo1|薄 bo2|藏 zang1|幺 yao1|晟 cheng2 sheng4|应 ying1|华 hua4
占 zhan1|万俟 mo4 qi2|尉迟 yu4 chi2|澹台 tan2 tai2|长孙 zhang3 sun1|单于 chan2 yu2`
    .split(/[|\n]/)
    .map((line) => line.split(' '))
    .map(([surname = '', ...readings]) => [surname, readings]),
)
const mostReadings = 4
// A sort key is part of B-tree entries, which PostgreSQL limits to about 2,700 bytes.
const keyLetters = 60

/**
 * Sort key of a name for `collate "C"`: digits by their value, then Latin, then Chinese by syllable,
 * tone and character, so that equal surnames stay together. Never null; at most some 700 bytes.
 */
export const pinyinKey = (name: string, kind: NameKind): string => {
  const text = [...foldForReading(name)].slice(0, keyLetters).join('')
  return (waysOf(text, kind)[0] ?? []).map(keyOf).join('').trim()
}

/**
 * The ways to read a name, most likely first, at most four: for a person the surname's reading
 * (单 shan, 曾 zeng) before the ordinary one, for others the ordinary one first. Text without a
 * reading (signs, rare characters) is left out.
 */
export const readings = (name: string, kind: NameKind): Reading[] => {
  const ways = waysOf(foldForReading(name), kind).map(readingOf)
  const distinct = new Map(ways.map((way) => [way.syllables.join(' '), way]))
  return [...distinct.values()].slice(0, mostReadings)
}

/** The names heard last: whoever is stored is read for the sort key, and at once again for search. */
const heard = new Map<string, readonly Sound[]>()
const mostHeard = 4096

const soundsOf = (text: string): readonly Sound[] => {
  const known = heard.get(text)
  if (known) return known
  if (heard.size >= mostHeard) heard.clear()
  const sounds = readAloud(text)
  heard.set(text, sounds)
  return sounds
}

const waysOf = (text: string, kind: NameKind): (readonly Sound[])[] =>
  headWaysOf(text, kind).flatMap(shopWaysOf)

/** 重庆曾记, 长沙单氏: behind a place, too, a shop is called after a person. */
const shopWaysOf = (way: readonly Sound[]): (readonly Sound[])[] => {
  const shop = way.map((sound, place) => {
    const [reading] = surnames.get(sound.text) ?? []
    const called = place > 0 && /^[氏记]$/.test(way[place + 1]?.text ?? '')
    return reading && called ? soundOf(sound.text, reading) : sound
  })
  return shop.some((sound, place) => sound.syllable !== way[place]?.syllable) ? [shop, way] : [way]
}

const headWaysOf = (text: string, kind: NameKind): (readonly Sound[])[] => {
  const ordinary = soundsOf(text)
  const surname = surnameOf(text)
  if (!surname) return [ordinary]
  const rest = text.slice(surname.length)
  const restSounds = kind.person ? soundsOf(rest) : ordinary.slice(surname.length)
  const asPerson = surnameSounds(surname).map((head) => [...head, ...restSounds])
  // 曾氏, 单记: a firm called after a person.
  return kind.person || /^[氏记家府]/.test(rest) ? [...asPerson, ordinary] : [ordinary, ...asPerson]
}

const surnameOf = (text: string) =>
  [text.slice(0, 2), text.slice(0, 1)].find((head) => surnames.has(head))

// Two characters have one reading of two syllables, one character has readings to choose from.
const surnameSounds = (surname: string): Sound[][] => {
  const found = surnames.get(surname) ?? []
  if (surname.length === 1) return found.map((reading) => [soundOf(surname, reading)])
  return [[...surname].map((letter, place) => soundOf(letter, found[place] ?? ''))]
}

const soundOf = (text: string, reading: string): Sound => ({
  text,
  syllable: reading.slice(0, -1),
  tone: reading.slice(-1),
})

const readingOf = (sounds: readonly Sound[]): Reading => {
  const syllables: string[] = []
  let initials = ''
  for (const sound of sounds) {
    const words = sound.syllable ? [sound.syllable] : (sound.text.match(/[a-z]+|\d+/g) ?? [])
    syllables.push(...words)
    initials += sound.syllable ? sound.syllable.charAt(0) : words.join('')
  }
  return { syllables, initials }
}

// `~` stands behind all Latin; the tone digit ends the syllable before any letter (xi an, xian).
const keyOf = (sound: Sound) =>
  sound.syllable ? `~${sound.syllable}${sound.tone}${sound.text}` : plainKey(sound.text)

// A number sorts by how many digits it has, then by them: 2 before 10.
const plainKey = (text: string) =>
  text
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/\d+/g, (run) => numberKey(run.replace(/^0+(?=\d)/, '')))

const numberKey = (digits: string) =>
  `${String.fromCharCode(48 + Math.min(digits.length, 40))}${digits}`
