import { maskPhone } from '../china/phone.ts'
import type { Field } from './field.ts'

/**
 * The shortened form of a value, for readers without the right to the plain one: phones 3+4, e-mail
 * first letter and domain, every other text its first character. Lists keep
 * their length, what is no text becomes null, and of files nothing is told.
 */
export const mask = (field: Field, value: unknown): unknown => {
  if (field.kind === 'file') return []
  if (Array.isArray(value)) return value.map((each) => mask(field, each))
  if (typeof value !== 'string' || value === '') return null
  if (field.kind === 'phone' || field.kind === 'phones') return maskPhone(value)
  if (field.kind === 'email') return value.replace(/^(.)[^@]*/, '$1***')
  if (field.column !== 'text' && field.column !== '_text') return null
  if (field.kind === 'choice') return null
  return `${[...value][0]}***`
}
