const most = 80
const before = 12

/** One line of a text around where it says what was looked for, else its beginning; at most 80 letters. */
export const excerpt = (text: string, q: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  const folded = line.toLowerCase()
  const places = q
    .toLowerCase()
    .split(/\s+/)
    .map((word) => (word === '' ? -1 : folded.indexOf(word)))
    .filter((place) => place >= 0)
  const place = Math.min(...places, line.length)
  const start = place === line.length || place < most / 2 ? 0 : place - before
  const letters = [...line.slice(start)]
  const cut = letters.slice(0, most).join('').toWellFormed()
  return `${start > 0 ? '…' : ''}${cut}${letters.length > most ? '…' : ''}`
}
