import pairs from 'opencc-js/dict/TSCharacters'

let table: Map<string, string> | undefined

/**
 * Makes spellings of the same text equal: full and half width (NFKC), case, traditional and
 * simplified characters, Latin accents; invisible characters go, blanks and controls become one
 * blank. Idempotent, never throws, safe to store as PostgreSQL text.
 */
export const fold = (text: string): string => simplified(spelled(text))

/** As `fold`, but for reading aloud: 乾 (qián) stays, which simplified texts have beside 干 (gān). */
export const foldForReading = (text: string): string =>
  spelled(text).split('乾').map(simplified).join('乾')

const spelled = (text: string) => {
  if (/^[!-~]*$/.test(text)) return text.toLowerCase()
  const plain = text.toWellFormed().normalize('NFKC').toLowerCase().normalize('NFKD')
  return plain
    .replace(/\p{Cf}|\p{Variation_Selector}|[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .replace(/[\s\p{Z}\p{Cc}]+/gu, ' ')
    .replaceAll('ς', 'σ')
    .trim()
}

const simplified = (text: string) => {
  if (!/[\u3400-\u9fff]/.test(text)) return text
  table ??= simplifications()
  let result = ''
  for (const letter of text) result += table.get(letter) ?? letter
  return result
}

// One pair of the dictionary leads to another (薴 to 苧 to 苎): follow to the end.
const simplifications = () => {
  const map = new Map<string, string>()
  for (const pair of pairs.split('|')) {
    const [traditional = '', simple = ''] = pair.split(' ')
    map.set(traditional, simple)
  }
  for (const [traditional, simple] of map) map.set(traditional, map.get(simple) ?? simple)
  return map
}
