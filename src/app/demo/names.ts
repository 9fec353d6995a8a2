import { pinyin } from 'pinyin-pro'
import { mobile } from './codes.ts'
import { between, chance, pick, type Random, weighted } from './random.ts'
import type { Names } from './template.ts'

export type Gender = 'male' | 'female'
export type PersonName = { surname: string; name: string; gender: Gender; born: number }

/** A name as it was given in the year the person was born. */
export const personName = (
  random: Random,
  { surnames, given }: Names,
  known: { gender?: Gender | undefined; born?: number; surname?: string } = {},
): PersonName => {
  const gender = known.gender ?? (chance(random, 0.55) ? 'male' : 'female')
  const born = known.born ?? between(random, 1962, 1999)
  const surname =
    known.surname ?? weighted(random, Object.entries(surnames), ([, often]) => often)[0]
  const age = given.find(({ until }) => born <= until) ?? pick(random, given)
  return { surname, name: surname + pick(random, age[gender]), gender, born }
}

export const politely = ({ surname, gender }: Pick<PersonName, 'surname' | 'gender'>) =>
  `${surname}${gender === 'male' ? '先生' : '女士'}`

/** Latin letters of a Chinese name, for mail addresses. */
export const latin = (text: string) =>
  pinyin(text, { toneType: 'none', type: 'array', mode: 'surname', v: true })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

export const mailOf = (random: Random, name: string, { mail_hosts: hosts }: Names) =>
  `${latin(name)}${between(random, 1, 99)}@${pick(random, hosts)}`

export const wechatOf = (random: Random, name: string) =>
  `${latin(name).slice(0, 12)}_${between(random, 100, 9999)}`

export const mobileOf = (random: Random, names: Names) => mobile(random, names.mobile_prefixes)

/** A birthday in the year; months and days all alike likely. */
export const birthday = (random: Random, year: number) => {
  const part = (from: number, to: number) => String(between(random, from, to)).padStart(2, '0')
  return `${year}-${part(1, 12)}-${part(1, 28)}`
}
