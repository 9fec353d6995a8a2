import type { Locale } from '#platform/fields/field.ts'
import { reasonText } from '#platform/imports/words.ts'
import { sayReason } from '#ui/reasons.ts'
import { importWords } from './messages.ts'

export type RowProblem = {
  row: number
  column: string | null
  reason: string
  value: string | null
  level: 'error' | 'warning'
  values?: Record<string, string | number>
}

/** What is wrong with one cell, in the words that the file of failed rows has too. */
export const sayProblem = (
  locale: Locale,
  { reason, value, values, level }: RowProblem,
): string => {
  const w = importWords[locale]
  // Of a row that is skipped, unlike one that fails, nothing is lost; it is said so.
  if (level === 'warning' && reason === 'duplicate_in_file') return w.repeats(`${values?.row}`)
  if (reason === 'record_exists') return w.exists(`${values?.title ?? ''}`)
  const detail = { ...(value !== null && { value }), ...values }
  const words = reasonText(locale, { column_name: null, reason, detail })
  return words === reason ? sayReason(locale, { reason, values }) : words
}
