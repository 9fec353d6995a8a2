/**
 * A key and what people call it, in any language; `many` where several columns may fill it, `same` where
 * only those may that are called just so.
 */
type ColumnCandidate = { key: string; names: readonly string[]; many?: boolean | 'same' }

type Folded = { tight: string; words: string }
type Match = { column: number; candidate: number; rank: number; length: number; end: number }

/**
 * Guesses which column of a file is which key, by its title: the same name first (then the same but
 * for a number at the end, "联系电话1"), then a title that contains a name, then a name that contains
 * the title; the longer match wins, then the one nearer to the title's end, where both languages put
 * the head word, then the one further left. Undefined where nothing fits. Each key is given once; a
 * key with `many` again to titles that are or end in its name ("手机", "备用电话").
 */
export const guessColumns = (
  header: readonly string[],
  candidates: readonly ColumnCandidate[],
): (string | undefined)[] => {
  const names = candidates.map(({ names }) => names.map(fold))
  const matches = header.flatMap((title, column) => {
    const folded = fold(title)
    return names.flatMap((aliases, candidate) =>
      aliases.flatMap((alias) => {
        const match = compare(folded, alias)
        return match ? [{ column, candidate, ...match }] : []
      }),
    )
  })
  const guessed: (string | undefined)[] = header.map(() => undefined)
  const given = new Set<string>()
  for (const { column, candidate, rank, end } of matches.sort(better)) {
    const { key, many } = candidates[candidate] ?? {}
    if (key === undefined || guessed[column] !== undefined) continue
    if (given.has(key) && !(many && rank < (many === 'same' ? 1 : 3) && end === 0)) continue
    given.add(key)
    guessed[column] = key
  }
  return guessed
}

const better = (a: Match, b: Match) =>
  a.rank - b.rank ||
  b.length - a.length ||
  a.end - b.end ||
  a.column - b.column ||
  a.candidate - b.candidate

/** `end` counts the characters after the match; the fewer the better. */
const compare = (title: Folded, name: Folded): Omit<Match, 'column' | 'candidate'> | undefined => {
  const { length } = name.tight
  if (length === 0 || title.tight.length === 0) return undefined
  if (title.tight === name.tight) return { rank: 0, length, end: 0 }
  if (title.tight.replace(/\d+$/, '') === name.tight) return { rank: 1, length, end: 0 }
  const end = after(title, name)
  if (end !== undefined) return { rank: 2, length, end }
  const rest = after(name, title)
  return rest === undefined ? undefined : { rank: 3, length: title.tight.length, end: rest }
}

/** How much follows `part` in `whole`: for Latin letters whole words count, for Chinese two characters at least. */
const after = (whole: Folded, part: Folded): number | undefined => {
  if (/^[\x20-\x7E]+$/.test(part.words)) {
    const at = ` ${whole.words} `.lastIndexOf(` ${part.words} `)
    return at < 0 ? undefined : whole.words.length - at - part.words.length
  }
  const at = [...part.tight].length < 2 ? -1 : whole.tight.lastIndexOf(part.tight)
  return at < 0 ? undefined : whole.tight.length - at - part.tight.length
}

/** Width, case, marks and notes in brackets do not count; a title that is only a note keeps it. */
const fold = (title: string): Folded => {
  const plain = title.normalize('NFKC')
  const bare = plain.replace(
    /\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}|<[^<>]*>|【[^【】]*】|〔[^〔〕]*〕|《[^《》]*》/g,
    ' ',
  )
  const words = spaced(bare) || spaced(plain)
  return { words, tight: words.replaceAll(' ', '') }
}

/** Words with one blank between: letters and digits part at signs, camel case and the border of scripts. */
const spaced = (text: string) =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/([a-z0-9])(?=\p{Script=Han})|(\p{Script=Han})(?=[a-z0-9])/gu, '$& ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
