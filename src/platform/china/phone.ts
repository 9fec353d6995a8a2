import { halfWidth } from './halfWidth.ts'

type PhoneKind = 'mobile' | 'landline' | 'service' | 'foreign' | 'other'
/** What is wrong, with the figures that the message needs: “手机号少一位，应为 11 位”. */
type PhoneProblem =
  | { reason: 'too_short'; missing: number; expected: number }
  | { reason: 'too_long'; surplus: number; expected: number }
  | { reason: 'unassigned_prefix'; prefix: string }
  | { reason: 'area_code_missing' }
  | { reason: 'several_numbers' }
  | { reason: 'not_a_phone' }
export type Phone = { value: string; kind: PhoneKind; problem?: PhoneProblem }

// Mobile prefixes not assigned as reported in July 2022; the ranges change, so callers may pass
// their own. 142, 143, 154, 161, 164 and 194 were named, the rest follow from the numbering plan.
const unassignedIn2022 = [
  ...['140', '141', '142', '143', '144', '154', '160', '161', '163', '164', '168', '169'],
  ...['179', '194'],
]

/**
 * Reads a phone number however typed: blanks, hyphens, brackets, full width, +86/0086/86.
 * `value` is `13800138000`, `0571-88886666`, `0571-88886666-801` (extension), `4008008888`, or
 * `+14155550123` for other countries; what is no single number stays as typed, half width.
 * Reading a value again gives it again. A problem is a warning, the caller decides.
 */
export const readPhone = (
  text: string,
  unassigned: readonly string[] = unassignedIn2022,
): Phone => {
  const plain = halfWidth(text)
    .replace(/[‐-―−]/gu, '-')
    .replace(/^(?:(?:tel|phone|mobile|电话|手机号?|座机)\s*[:：]?\s*)+/i, '')
  if (/\d{7,}\s*[/、,;，；]\s*[+\d(]/u.test(plain)) {
    return { value: plain, kind: 'other', problem: { reason: 'several_numbers' } }
  }
  const [typed = '', extension = ''] = plain.split(/\s*(?:转分机|转|分机|ext\.?|x|#)\s*/i, 2)
  const main = typed.replace(/^[\s([]+(?=\+)|^\+(?=0[1-9])/, '')
  if (!/^\+?[\d\s().[\]-]*\d[\d\s().[\]-]*$/.test(main) || !/^\d{0,6}$/.test(extension)) {
    return { value: plain, kind: 'other', problem: { reason: 'not_a_phone' } }
  }
  const foreign = abroad(main)
  if (foreign) return extension === '' ? foreign : { ...foreign, value: plain }
  const [digits, tail] = parted(homeOf(main), extension)
  const phone = domestic(digits, tail, unassigned)
  // Part of a number behind a prefix or before an extension would read differently the next time.
  const unclear = !isWhole(digits) && (tail !== '' || digits !== main.replace(/\D/g, ''))
  return unclear ? { ...phone, value: plain } : phone
}

/** The digits by which two spellings of a number are the same; empty when there is none. */
export const samePhoneKey = (value: string): string => readPhone(value).value.replace(/\D/g, '')

/** For reading aloud: `138 0013 8000`, `400 800 8888`; others as stored. */
export const formatPhone = (value: string): string => {
  if (/^1\d{10}$/.test(value)) return grouped(value, 3, 4)
  if (/^[48]00\d{7}$/.test(value)) return grouped(value, 3, 3)
  return value
}

/**
 * First three and last four digits, `*` between; a short number shows a third, from its end.
 * Letters count as digits, so that a number written out in characters does not show.
 */
export const maskPhone = (value: string): string => {
  const count = value.match(shown)?.length ?? 0
  const [head, tail] = count >= 11 ? [3, 4] : [0, Math.floor(count / 3)]
  let place = 0
  return value.replace(shown, (digit) => {
    place += 1
    return place <= head || place > count - tail ? digit : '*'
  })
}

// A star counts as the digit that it covers, so that covering twice covers no more.
const shown = /[\p{L}\p{N}*]/gu

// E.164 has at most 15 digits; fewer than 7 reach nobody abroad. No country code begins with 0.
const abroad = (main: string): Phone | undefined => {
  const digits = main.replace(/\D/g, '')
  const code = digits.replace(/^0+/, '')
  if (code.startsWith('86') || !(main.startsWith('+') || digits.startsWith('00'))) return undefined
  const value = `+${code}`
  if (code.length >= 7 && code.length <= 15) return { value, kind: 'foreign' }
  return { value, kind: 'other', problem: { reason: 'not_a_phone' } }
}

// Without +86, 0086 or 86; groups parted by single hyphens.
const homeOf = (main: string) => {
  const plain = main.replace(/[\s.()[\]-]+/g, '-').replace(/^-|-$/g, '')
  const prefix = /^(?:\+|(?=0-?0))[0-]*8-?6-?/.exec(plain)?.[0]
  if (prefix) return withArea(plain.slice(prefix.length))
  const digits = plain.replace(/\D/g, '')
  return /^861[3-9]\d{9}$/.test(digits) ? digits.slice(2) : plain
}

// A landline written +86 571 … gets back the 0 that the country code replaces.
const withArea = (plain: string) => {
  const digits = plain.replace(/\D/g, '')
  const lacksZero = /^(?:[2-9]\d{8,}|10\d{8})$/.test(digits) && !isService(digits)
  return lacksZero ? `0${plain}` : plain
}

// A short last group behind a whole number is an extension: 0571-88886666-801.
const parted = (plain: string, extension: string): [string, string] => {
  const found = extension === '' ? /^([\d-]*\d)-(\d{1,6})$/.exec(plain) : undefined
  const before = found?.[1]?.replace(/\D/g, '') ?? ''
  if (isWhole(before)) return [before, found?.[2] ?? '']
  return [plain.replace(/\D/g, ''), extension]
}

const isWhole = (digits: string) =>
  isService(digits) || /^(?:1[3-9]\d{9}|0[12]\d{9}|0[3-9]\d{9,10}|[2-8]\d{6,7})$/.test(digits)

const isService = (digits: string) =>
  /^(?:[48]00\d{7}|9[56]\d{3,6}|1(?:00\d{2,3}|1\d|2\d|2\d{3}))$/.test(digits)

const domestic = (digits: string, extension: string, unassigned: readonly string[]): Phone => {
  if (digits.startsWith('0')) return landline(digits, extension)
  const value = extension === '' ? digits : `${digits}-${extension}`
  if (isService(digits)) return { value, kind: 'service' }
  if (/^1[3-9]/.test(digits)) return mobile(value, digits, unassigned)
  if (/^[2-8]\d{6,7}$/.test(digits)) {
    return { value, kind: 'landline', problem: { reason: 'area_code_missing' } }
  }
  return { value, kind: 'other', problem: { reason: 'not_a_phone' } }
}

const mobile = (value: string, digits: string, unassigned: readonly string[]): Phone => {
  const problem = lengthProblem(digits.length, 11, 11)
  if (problem) return { value, kind: 'mobile', problem }
  const prefix = digits.slice(0, 3)
  if (!unassigned.includes(prefix)) return { value, kind: 'mobile' }
  return { value, kind: 'mobile', problem: { reason: 'unassigned_prefix', prefix } }
}

// Area codes: 010 and 02x have three digits and eight digit numbers, all others four and 7 or 8.
const landline = (digits: string, extension: string): Phone => {
  const area = /^0[12]/.test(digits) ? 3 : 4
  const groups = [digits.slice(0, area), digits.slice(area), extension]
  const value = groups.filter((group) => group !== '').join('-')
  const problem = lengthProblem(digits.length, 11, area + 8)
  return problem ? { value, kind: 'landline', problem } : { value, kind: 'landline' }
}

const lengthProblem = (length: number, least: number, most: number): PhoneProblem | undefined => {
  if (length < least) return { reason: 'too_short', missing: least - length, expected: least }
  if (length > most) return { reason: 'too_long', surplus: length - most, expected: most }
  return undefined
}

const grouped = (value: string, first: number, second: number) =>
  [value.slice(0, first), value.slice(first, first + second), value.slice(first + second)].join(' ')
