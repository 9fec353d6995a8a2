import { maskPhone } from '../china/phone.ts'
import { findRegion, regionPath } from '../china/regions.ts'
import type { Field } from './field.ts'

/**
 * The shortened form of a value, for readers without the right to the plain one: phones 3+4, identity
 * numbers 1+1, bank accounts the last 4, e-mail first letter and domain, addresses down to the district
 * (as practised under 个人信息保护法 51), every other text its first character. Choices and what
 * is no text have no shortened form: null. Lists keep their length, and of files nothing is told.
 */
export const mask = (field: Field, value: unknown): unknown => {
  if (field.kind === 'file') return []
  if (Array.isArray(value)) return value.map((each) => mask(field, each) ?? '***')
  if (typeof value !== 'string' || value === '') return null
  if (field.column !== 'text' && field.column !== '_text') return null
  if (field.choices) return null
  switch (field.kind) {
    case 'phone':
    case 'phones':
      return maskPhone(value)
    case 'email':
      return value.replace(/^(.)[^@]*/u, '$1***')
    case 'idNumber':
      return kept(value, 1, 1)
    case 'bankAccount':
      return kept(value, 0, 4)
    case 'person':
    case 'department':
    case 'region':
    case 'reference':
      return null
    default:
      return masked(field, value)
  }
}

const masked = (field: Field, value: string): string => {
  if (field.mask === 'address') return addressMask(value)
  if (field.mask === 'plate') return kept(value, 2, 2)
  return `${[...value][0]}***`
}

/** So many characters from either end; of a short value none, as little would be left to cover. */
const kept = (value: string, head: number, tail: number): string => {
  const letters = [...value]
  const covered = letters.length - head - tail
  if (covered < 3) return '*'.repeat(letters.length)
  return [
    ...letters.slice(0, head),
    '*'.repeat(covered),
    ...letters.slice(letters.length - tail),
  ].join('')
}

const addressMask = (value: string): string => {
  const found = findRegion(value)
  return `${found ? regionPath(found.code) : ''}***`
}
