import { fold } from '../search/fold.ts'

type Row = { number: number; cells: readonly string[] }

/** Rows among which a heading is looked for; tables with more above it are rare. */
export const headingRows = 10

/**
 * The row that holds the titles: the first, unless a title or a note stands there alone and a row
 * further down says the names of fields. `names` are those that the import knows, as they are.
 */
export const headingRow = (rows: readonly Row[], names: ReadonlySet<string>): number => {
  const [first, second] = rows
  if (!first) return 1
  const known = (row: Row) => row.cells.filter((cell) => names.has(foldTitle(cell))).length
  const filled = (row: Row | undefined) => row?.cells.filter((cell) => cell.trim()).length ?? 0
  const here = known(first)
  if (filled(first) > 1 && here > 0) return first.number
  const better = rows.find(
    (row) =>
      known(row) > Math.max(here, 1) ||
      (known(row) > here && filled(first) === 1 && filled(row) > 1),
  )
  if (better) return better.number
  return filled(first) === 1 && filled(second) > 2 ? (second?.number ?? 1) : first.number
}

/** 名称*, 「名称」 and 名 称（必填） are one title. */
export const foldTitle = (title: string) =>
  fold(title.replace(/[（(【[][^（(【[\]】)）]*[\]】)）]/g, '')).replace(/[^\p{L}\p{N}]+/gu, '')
