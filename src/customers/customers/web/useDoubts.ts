import { useReasons } from '#ui/useReasons.ts'
import type { Customer } from './look.tsx'

/** What is doubtful about a customer's values, in words, by field. */
export const useDoubts = ({ warnings = [] }: Customer): ReadonlyMap<string, string> => {
  const say = useReasons()
  return new Map(warnings.map((warning) => [warning.path, say(warning)]))
}
