export const separators = [',', '\t', ';', '|'] as const
export type Separator = (typeof separators)[number]

const separatorSigns = new Set<string>(separators)
const rowsLookedAt = 50

/**
 * The separator of a CSV file by its first rows: the one that gives the most rows the header's number
 * of cells, then the one that gives more cells. Separators inside quotes do not count.
 */
export const detectSeparator = (sample: { text: string; whole: boolean }): Separator => {
  let best: { separator: Separator; agree: number; cells: number } | undefined
  for (const separator of separators) {
    const counts = cellCounts(sample, separator)
    const cells = counts[0] ?? 1
    if (cells < 2) continue
    const agree = counts.filter((count) => count === cells).length / counts.length
    if (!best || agree > best.agree || (agree === best.agree && cells > best.cells))
      best = { separator, agree, cells }
  }
  return best?.separator ?? ','
}

/** Cells in each of the first non-empty rows; a row that the sample cuts off is left out. */
const cellCounts = ({ text, whole }: { text: string; whole: boolean }, separator: string) => {
  const counts: number[] = []
  let cells = 1
  let empty = true
  let place: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  for (const character of text) {
    if (place === 'quoted') {
      if (character === '"') place = 'closed'
      continue
    }
    if (character === '\n' || character === '\r') {
      if (!empty) counts.push(cells)
      if (counts.length === rowsLookedAt) return counts
      cells = 1
      empty = true
      place = 'start'
      continue
    }
    empty = false
    if (separatorSigns.has(character)) {
      // A quote after any of them opens a cell: in `a;"b,c"` the comma is text for each of them.
      if (character === separator) cells++
      place = 'start'
    } else if (character === '"' && place !== 'plain') {
      // Opens the cell, or is the second of a doubled quote.
      place = 'quoted'
    } else place = 'plain'
  }
  if (whole && !empty) counts.push(cells)
  return counts
}
