import { escapeCell } from '#platform/tables/escape.ts'

/** Hands a small table to the reader as a CSV file that a Chinese Excel opens as it is. */
export const saveCsv = (name: string, rows: readonly (readonly string[])[]) => {
  const lines = rows.map((cells) => cells.map((cell) => quoted(escapeCell(cell))).join(','))
  const url = URL.createObjectURL(
    new Blob([`\uFEFF${lines.join('\r\n')}\r\n`], { type: 'text/csv' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url))
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
