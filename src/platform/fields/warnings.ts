import { readPhone } from '../china/phone.ts'
import type { Field, Warning } from './field.ts'

/** The first number of a list that looks wrong, with what the message needs. */
export const phonesWarning = (values: readonly string[]): Warning | undefined => {
  for (const value of values) {
    const { problem } = readPhone(value)
    if (!problem) continue
    const { reason, ...facts } = problem
    return {
      reason: `phone_${reason.replace(/^not_a_phone$/, 'unlikely')}`,
      values: { value, ...facts },
    }
  }
  return undefined
}

/** The doubts about one value; a field without a check has none. */
export const warningOf = (field: Field, value: unknown): Warning | undefined =>
  value === null || value === undefined || !field.check
    ? undefined
    : (field.check as (value: unknown) => Warning | undefined)(value)
