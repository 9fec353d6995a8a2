import { weightedSum } from './checkDigit.ts'
import { codeText } from './halfWidth.ts'

type VinProblem = 'length' | 'character' | 'check_digit'
type Vin = { value: string; problem?: VinProblem; suggestion?: string }

// GB 16735: each character's value is its place in its row; I, O and Q do not occur.
const rows = ['0123456789', '_ABCDEFGH', '_JKLMN_P_R', '__STUVWXYZ']
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

/**
 * Reads a vehicle identification number (GB 16735): blanks and hyphens removed, half width, upper
 * case. The check digit is the ninth place. A problem is a warning: imported cars need not comply.
 * `suggestion` is the number meant when I, O and Q stand for 1, 0 and 0.
 */
export const readVin = (text: string): Vin => {
  const value = codeText(text)
  const problem = problemOf(value)
  if (!problem) return { value }
  const suggestion = value.replaceAll('I', '1').replace(/[OQ]/g, '0')
  if (suggestion === value || problemOf(suggestion)) return { value, problem }
  return { value, problem, suggestion }
}

const problemOf = (value: string): VinProblem | undefined => {
  if (value.length !== 17) return 'length'
  if (!/^[0-9A-HJ-NPR-Z]+$/.test(value)) return 'character'
  const digits = [...value].map((letter) =>
    rows.find((row) => row.includes(letter))?.indexOf(letter),
  )
  const remainder = weightedSum(digits.join(''), weights, '0123456789') % 11
  return value.charAt(8) === '0123456789X'.charAt(remainder) ? undefined : 'check_digit'
}
