import type { Locale } from '#platform/fields/field.ts'
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
  // Of a row that is skipped, unlike one that fails, nothing is lost; it is said so.
  if (level === 'warning' && reason === 'duplicate_in_file')
    return importWords[locale].repeats(`${values?.row}`)
  return sayReason(locale, { reason, values: { ...(value !== null && { value }), ...values } })
}
