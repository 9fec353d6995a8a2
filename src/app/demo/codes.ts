import { readCreditCode } from '#platform/china/creditCode.ts'
import { readVin } from '#platform/china/vin.ts'
import { between, pick, type Random } from './random.ts'

const digits = '0123456789'
const creditLetters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const vinLetters = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ'
const plateLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * A unified social credit code with right check digits. `registry` is its first two places (91 a
 * firm, 12 a public institution, 52 a private school, 31 a law firm, 93 a cooperative). Real ones
 * since 2015 count up from MA0; starting at MAW keeps these apart from firms that exist.
 */
export const creditCode = (random: Random, registry: string, region: string): string => {
  const body = `${registry}${region}MA${pick(random, [...'WXY'])}${letters(random, creditLetters, 5)}`
  const found = [...`${digits}X`]
    .flatMap((organisation) => [...creditLetters].map((check) => `${body}${organisation}${check}`))
    .find((code) => !readCreditCode(code).problem)
  return found ?? creditCode(random, registry, region)
}

// Place 10 of a vehicle number is the model year (GB 16735): R is 2024, no I, O, Q, U, Z.
const modelYears: Record<string, string> = {
  ...{ '2019': 'K', '2020': 'L', '2021': 'M', '2022': 'N', '2023': 'P' },
  ...{ '2024': 'R', '2025': 'S', '2026': 'T', '2027': 'V' },
}

/** A vehicle number with a right check digit; LY0 is no manufacturer's. */
export const vin = (random: Random, year: string): string => {
  const type = letters(random, vinLetters, 5)
  const tail = `${modelYears[year] ?? 'T'}A${letters(random, digits, 6)}`
  const found = [...`${digits}X`].find((check) => !readVin(`LY0${type}${check}${tail}`).problem)
  return `LY0${type}${found}${tail}`
}

/** A licence plate of Changsha: five places with at most two letters, six for new energy. */
export const plate = (random: Random, green: boolean) => {
  if (green) return `湘A·${pick(random, ['D', 'F', 'D'])}${letters(random, digits, 5)}`
  const places = [...letters(random, digits, 5)]
  for (const place of [between(random, 0, 4), between(random, 0, 4)]) {
    places[place] = pick(random, [...plateLetters])
  }
  return `湘A·${places.join('')}`
}

/**
 * A mobile number in prefixes that no person is known to hold: data cards of machines (146, 148,
 * 149) and the unused part of 174. A call from the demo data should ring nobody.
 */
export const mobile = (random: Random, prefixes: readonly string[]) =>
  `${pick(random, prefixes)}${letters(random, digits, 8)}`.slice(0, 11)

/** A landline; local numbers do not begin with 9. */
export const landline = (random: Random, area: string) =>
  `${area}-9${letters(random, digits, area === '0572' ? 6 : 7)}`

const letters = (random: Random, alphabet: string, count: number) =>
  Array.from({ length: count }, () => pick(random, [...alphabet])).join('')
