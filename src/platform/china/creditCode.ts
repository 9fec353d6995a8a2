import { weightedSum } from './checkDigit.ts'
import { codeText } from './halfWidth.ts'

type CreditCodeProblem = 'length' | 'character' | 'check_digit' | 'organisation_check'
type CreditCode = { value: string; problem?: CreditCodeProblem; suggestion?: string }

// GB 32100-2015: no I, O, S, V, Z, which look like digits.
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
// GB 11714: places 9 to 17 are the organisation code, here with all 36 characters.
const organisationAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

/**
 * Reads a unified social credit code (GB 32100-2015, inside it GB 11714). Gives it without blanks
 * and hyphens, half width, upper case. A problem is a warning for the caller: codes that break
 * the rule have been issued. `suggestion` is the code meant when O and I stand for 0 and 1.
 */
export const readCreditCode = (text: string): CreditCode => {
  const value = codeText(text)
  const problem = problemOf(value)
  if (!problem) return { value }
  const suggestion = value.replaceAll('O', '0').replaceAll('I', '1')
  if (suggestion === value || problemOf(suggestion)) return { value, problem }
  return { value, problem, suggestion }
}

const problemOf = (value: string): CreditCodeProblem | undefined => {
  if (value.length !== 18) return 'length'
  if (![...value].every((letter) => alphabet.includes(letter))) return 'character'
  if (value.at(-1) !== checkOf(value)) return 'check_digit'
  if (value.charAt(16) !== organisationCheckOf(value.slice(8, 16))) return 'organisation_check'
  return undefined
}

const checkOf = (value: string) =>
  alphabet.charAt((31 - (weightedSum(value, weights, alphabet) % 31)) % 31)

const organisationCheckOf = (code: string) =>
  '0X987654321'.charAt(weightedSum(code, organisationWeights, organisationAlphabet) % 11)
