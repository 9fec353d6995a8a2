import { weightedSum } from './checkDigit.ts'
import { isDate } from './dates.ts'
import { codeText } from './halfWidth.ts'

type IdNumberProblem = 'length' | 'character' | 'birth_date' | 'check_digit' | 'old_form'
type IdNumber = {
  value: string
  birthDate?: string
  gender?: 'male' | 'female'
  problem?: IdNumberProblem
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/**
 * Reads a resident identity number (GB 11643-1999); residence permits of people from Hong Kong,
 * Macao and Taiwan (81, 82, 83) follow the same rule. `today` is `YYYY-MM-DD`: nobody is born later.
 * The region part is not checked, since abolished counties stay valid. The 15 digit form, void
 * since 2013, is read with the problem `old_form`. Birth date and gender only from a sound number.
 */
export const readIdNumber = (text: string, today: string): IdNumber => {
  const value = codeText(text)
  if (/^\d{15}$/.test(value)) return oldForm(value, today)
  if (value.length !== 18) return { value, problem: 'length' }
  if (!/^\d{17}[\dX]$/.test(value)) return { value, problem: 'character' }
  const birthDate = dated(value.slice(6, 14))
  if (!isDate(birthDate) || birthDate > today) return { value, problem: 'birth_date' }
  if (value.at(-1) !== checkOf(value)) return { value, problem: 'check_digit' }
  return { value, birthDate, gender: genderOf(value.charAt(16)) }
}

const oldForm = (value: string, today: string): IdNumber => {
  const birthDate = dated(`19${value.slice(6, 12)}`)
  if (!isDate(birthDate) || birthDate > today) return { value, problem: 'birth_date' }
  return { value, birthDate, gender: genderOf(value.charAt(14)), problem: 'old_form' }
}

const dated = (digits: string) =>
  `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`

const checkOf = (value: string) =>
  '10X98765432'.charAt(weightedSum(value, weights, '0123456789') % 11)

const genderOf = (digit: string) => (Number(digit) % 2 === 1 ? 'male' : 'female')
