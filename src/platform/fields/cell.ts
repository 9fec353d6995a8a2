import * as z from 'zod/mini'
import { type DateOptions, dateDoubt, readDate, readDateTime } from '../china/dates.ts'
import { halfWidth } from '../china/halfWidth.ts'
import { readMoney } from '../china/money.ts'
import { regionByName, regionPath } from '../china/regions.ts'
import { fold } from '../search/fold.ts'
import { choiceNamed, offered } from './choices.ts'
import type { Field, Locale } from './field.ts'
import { filesIn } from './fileValue.ts'
import { joinList, splitList } from './listCell.ts'
import {
  type Directory,
  departmentsNamed,
  departmentText,
  peopleNamed,
  personText,
} from './names.ts'

export type CellProblem = {
  reason: string
  values?: Record<string, string | number>
  /** The words that name no choice, person, department or region, for a person to decide on. */
  unread?: readonly string[]
}
/** How texts are read besides by the field: days, and words that a person has decided on. */
export type CellOptions = DateOptions & {
  /** What a word stands for; null is nothing. `made`: it becomes a choice before anything is written. */
  decide?: ((word: string) => { value: unknown; made?: boolean } | undefined) | undefined
}
type CellReading = { value: unknown } | { problem: CellProblem }

/**
 * A value as a person reads it in a table: labels instead of keys, names instead of numbers, yuan
 * instead of fen, times of China. Null is an empty cell. `fromCell` reads every such text back.
 */
export const toCell = (
  field: Field,
  value: unknown,
  directory: Directory,
  locale: Locale,
): string => {
  if (value === null || value === undefined) return ''
  if (field.kind === 'file')
    return joinList(
      filesIn(value).map(({ name }) => name),
      locale,
    )
  if (Array.isArray(value))
    return joinList(
      value.map((each) => choiceText(field, each, locale)),
      locale,
    )
  switch (field.kind) {
    case 'choice':
      return choiceText(field, value, locale)
    case 'bool':
      return words[locale][value === true ? 'yes' : 'no']
    case 'money':
      return yuan(Number(value))
    case 'dateTime':
      return localTime(String(value))
    case 'region':
      return regionText(String(value))
    case 'person':
      return personText(directory, Number(value))
    case 'department':
      return departmentText(directory, Number(value))
    default:
      return String(value)
  }
}

/**
 * Reads what a person typed into a cell, in either language and the spellings of daily use, into a
 * stored value. An empty cell is null. What cannot be read for certain is a problem with the words
 * that its message needs.
 */
export const fromCell = (
  field: Field,
  text: string,
  directory: Directory,
  options: CellOptions = {},
): CellReading => {
  if (text.trim() === '') return { value: null }
  const typed: Typed = typedValue(field, text, directory, options)
  if ('problem' in typed) return typed
  if (typed.value === null || typed.made) return { value: typed.value }
  const read = z.safeParse(field.read, typed.value)
  return read.success ? { value: read.data } : { problem: problemOf(read.error.issues[0], text) }
}

const choiceText = (field: Field, value: unknown, locale: Locale) =>
  field.choices?.find((each) => each.value === value)?.label[locale] ?? String(value)

const words = { zh: { yes: '是', no: '否' }, en: { yes: 'Yes', no: 'No' } }

/** Exact where a division would round: fen go up to 2^53. */
const yuan = (fen: number) => {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const regionTexts = new Map<string, string>()

/** The full name where it names this region alone, else the code, so that it can be read back. */
const regionText = (code: string) => {
  const held = regionTexts.get(code)
  if (held !== undefined) return held
  const path = regionPath(code)
  const text = path !== '' && regionByName(path) === code ? path : code
  regionTexts.set(code, text)
  return text
}

const regionCodes = new Map<string, string | undefined>()
/** A list of customers names few regions again and again, and reading one takes a while. */
const rememberedRegions = 5000

const regionCode = (text: string) => {
  if (regionCodes.has(text)) return regionCodes.get(text)
  if (regionCodes.size >= rememberedRegions) regionCodes.clear()
  const code = regionByName(text)
  regionCodes.set(text, code)
  return code
}

const localTime = (value: string) =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(value))

type Typed = { value: unknown; made?: boolean } | { problem: CellProblem }

const typedValue = (
  field: Field,
  text: string,
  directory: Directory,
  options: CellOptions,
): Typed => {
  switch (field.kind) {
    case 'choice':
      return options.decide?.(text) ?? choiceOf(field, text, fold(text))
    case 'choices':
      return choicesOf(field, text, options)
    case 'bool':
      return known(boolOf(text), 'not_a_boolean', text)
    case 'integer':
      return known(integerOf(text), 'not_a_number', text)
    case 'number':
      return known(numberOf(text), 'not_a_number', text)
    case 'money':
      return known(readMoney(text), 'not_an_amount', text)
    case 'date':
      return known(readDate(text, options), dateDoubt(text) ?? 'not_a_date', text)
    case 'dateTime':
      return known(readDateTime(text, options), dateDoubt(text) ?? 'not_an_instant', text)
    case 'tags':
      return { value: splitList(text) }
    case 'phones':
      return { value: splitList(text, 'phones') }
    case 'link':
      return { value: linkOf(text) }
    case 'region':
      return options.decide?.(text) ?? asked(known(regionCode(text), 'region_unknown', text), text)
    case 'person':
      return options.decide?.(text) ?? only(peopleNamed(directory, text), 'person', text)
    case 'department':
      return options.decide?.(text) ?? only(departmentsNamed(directory, text), 'department', text)
    case 'reference':
    case 'file':
      return { problem: { reason: 'field_not_importable' } }
    default:
      return { value: text }
  }
}

const known = (value: unknown, reason: string, text: string): CellReading =>
  value === undefined ? { problem: { reason, values: { value: shown(text) } } } : { value }

const asked = (reading: CellReading, text: string): CellReading =>
  'problem' in reading ? { problem: { ...reading.problem, unread: [text.trim()] } } : reading

/** Exactly one of the candidates is meant, else the problem names them. */
const only = (
  found: readonly { value: unknown; label: string }[],
  kind: string,
  text: string,
): CellReading => {
  const [first, second] = found
  const word = { values: { value: shown(text) }, unread: [text.trim()] }
  if (!first) return { problem: { ...word, reason: `${kind}_unknown` } }
  if (!second) return { value: first.value }
  const names = found
    .slice(0, 5)
    .map((each) => each.label)
    .join('、')
  return {
    problem: { ...word, reason: `${kind}_ambiguous`, values: { ...word.values, names } },
  }
}

/** `spelled`: the same in simplified characters, as tables from Taiwan and Hong Kong have others. */
const choiceOf = (field: Field, text: string, spelled = text): CellReading => {
  const choices = field.choices ?? []
  const found = choiceNamed(choices, text) ?? choiceNamed(choices, spelled)
  if (found) return { value: found.value }
  if (field.open) return { value: text }
  const names = offered(choices)
    .map((each) => each.label.zh)
    .join('、')
  return {
    problem: {
      reason: 'not_a_choice',
      values: { value: shown(text), names },
      unread: [text.trim()],
    },
  }
}

/** Each of the list by its own name; the first that is none tells what is wrong. */
const choicesOf = (field: Field, text: string, { decide }: CellOptions): Typed => {
  const read = splitList(text).map(
    (each): Typed => decide?.(each) ?? choiceOf(field, each, fold(each)),
  )
  const wrong = read.flatMap((each) => ('problem' in each ? [each.problem] : []))
  const [first] = wrong
  if (first) return { problem: { ...first, unread: wrong.flatMap(({ unread = [] }) => unread) } }
  const values = read.flatMap((each) =>
    'value' in each && each.value !== null ? [each.value] : [],
  )
  const made = read.some((each) => 'made' in each && each.made)
  return { value: [...new Set(values)], made }
}

const folded = (text: string) => halfWidth(text).toLowerCase().replace(/\s+/g, '')

const yes = ['是', '对', '有', '真', '√', '✓', '1', 'y', 'yes', 'true', 't']
const no = ['否', '不', '不是', '无', '没有', '假', '×', '✗', '0', 'n', 'no', 'false', 'f']

const boolOf = (text: string) => {
  const word = folded(text)
  if (yes.includes(word)) return true
  return no.includes(word) ? false : undefined
}

/** `1,200`, `1200.0` as spreadsheets write whole numbers, and a counting word behind it. */
const integerOf = (text: string) => {
  const plain = folded(text).replace(/(?:人|名|个|分钟|min)$/, '')
  const form = /^([+-]?\d+|[+-]?\d{1,3}(?:,\d{3})+)(?:\.0+)?$/.exec(plain)
  return form ? Number(form[1]?.replaceAll(',', '')) : undefined
}

/** `1,234.5`, and `85%` for 0.85; digits move by text, as a division by 100 would round. */
const numberOf = (text: string) => {
  const form = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)?(\.\d+)?(%?)$/.exec(folded(text))
  if (!form || (form[2] === undefined && form[3] === undefined)) return undefined
  const plain = Number(`${form[1]}${(form[2] ?? '0').replaceAll(',', '')}${form[3] ?? ''}`)
  return form[4] ? Number(`${plain}e-2`) : plain
}

/** People leave the scheme out of addresses. */
const linkOf = (text: string) => {
  const plain = text.trim()
  return /^[\w-]+(\.[\w-]+)+(:\d+)?([/?#].*)?$/.test(plain) ? `http://${plain}` : plain
}

const shown = (text: string) => {
  const letters = [...text.trim()]
  return letters.length > 60 ? `${letters.slice(0, 60).join('')}…` : letters.join('')
}

const problemOf = (issue: z.core.$ZodIssue | undefined, text: string): CellProblem => {
  const reason = /^[a-z][a-z0-9_]*$/.test(issue?.message ?? '') ? issue?.message : undefined
  return {
    reason: reason ?? 'not_valid',
    values: {
      value: shown(text),
      ...(issue?.code === 'too_big' && { max: Number(issue.maximum) }),
      ...(issue?.code === 'too_small' && { min: Number(issue.minimum) }),
    },
  }
}
