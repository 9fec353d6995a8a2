import assert from 'node:assert/strict'
import * as roles from '#access/roles/commands.ts'
import { furtherKeys, type Rights, verbs } from '#access/roles/rules.ts'
import { readIdNumber } from '#platform/china/idNumber.ts'
import type { Right } from '#platform/database/ctx.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'
import { entityList } from '../house.ts'
import { common, type Firm, type Held, type Member, now, openFirm } from './firm.ts'
import { sampleOf } from './standing.ts'
import type { Caller } from './testHouse.ts'

export type Row = Record<string, unknown> & { id: string; version: number }
/** A field whose right differs from person to person, and what two planted records hold in it. */
export type Secret = { entity: Entity; name: string; field: Field; one: unknown; other: unknown }
export type Planted = { entity: Entity; customer_id: string; id: string; values: Row }
export type Person = Member & { rightTo: (secret: Secret) => Right }
/** Somebody with the same right over all of them. */
export type Walker = Person & { right: Right }

/** Added to every kind of record, a formula over one of them among them. */
const added = [
  { word: 'word', kind: 'text', sort: true, list: true },
  { word: 'pay', kind: 'money', sort: true },
  { word: 'card', kind: 'idNumber' },
  { word: 'tel', kind: 'phone', search: true },
  { word: 'class', kind: 'choice' },
  { word: 'marks', kind: 'choices' },
  { word: 'day', kind: 'date', sort: true },
  { word: 'proof', kind: 'file' },
  { word: 'twice', kind: 'formula', result: 'money' },
] as const
type Word = (typeof added)[number]['word']

const addedName = ({ name }: Entity, word: Word) => `x_mi_${word}_${name}`
const addedLabel = ({ name }: Entity, word: Word) => `密项${word}${name}`
const choices = ['a', 'b'].map((value) => ({ value, label: { zh: `密选${value}`, en: '' } }))

/** From the weakest to the strongest: of several roles the one that gives most counts. */
const fromWeakest: readonly Right[] = ['hidden', 'masked', 'read', 'write']
const weakest = (...rights: Right[]) => fromWeakest.find((each) => rights.includes(each))
const strongest = (...rights: Right[]) => fromWeakest.findLast((each) => rights.includes(each))
const nth = (at: number): Right => fromWeakest[at % fromWeakest.length] ?? 'hidden'

/** What one role gives over what is personal: by the level alone, or over each field by itself. */
type Given = { level: Right; field?: (at: number) => Right }
const oneByOne: Given = { level: 'write', field: nth }
/** Beside the other, so that every two rights come together over some field. */
const otherwise: Given = {
  level: 'hidden',
  field: (at) => nth(Math.floor(at / fromWeakest.length)),
}
/** People whose rights differ from field to field, by one role or by two that are held together. */
const mixed: readonly { name: string; roles: readonly Given[] }[] = [
  { name: 'mixed', roles: [oneByOne] },
  { name: 'mixed-two', roles: [oneByOne, otherwise] },
  { name: 'mixed-level', roles: [otherwise, { level: 'masked' }] },
]

/**
 * A firm in which every kind of record holds what only some may know: all its personal fields, and added
 * ones of many kinds. Its people may do everything but shape records and roles, and differ by their
 * right over those fields alone.
 */
export const openSecrets = async () => {
  const firm = await openFirm()
  const { root } = firm.house
  for (const entity of entityList)
    for (const { word, ...kind } of added)
      await sent(root, '/fields', {
        entity: entity.name,
        definition: {
          ...{ ...kind, name: addedName(entity, word), sensitivity: 'personal' },
          label: { zh: addedLabel(entity, word), en: '' },
          ...(kind.kind.startsWith('choice') && { choices }),
          ...(kind.kind === 'formula' && { formula: `「${addedLabel(entity, 'pay')}」*2` }),
        },
      })
  const secrets = entityList.flatMap(secretsOf)
  const planted: Planted[] = []
  const plant = async (entity: Entity, holds: 'one' | 'other', below?: string, more = {}) => {
    const values: Record<string, unknown> = {
      ...sampleOf(entity, `${common}密${holds}`),
      ...(entity.name === 'task' && { due_on: now.slice(0, 10) }),
    }
    for (const secret of secrets)
      if (secret.entity === entity && secret.field.formula === undefined)
        values[secret.name] =
          secret.field.kind === 'file' ? [await upload(root, secret, holds)] : secret[holds]
    const base = below === undefined ? '' : `/customers/${below}`
    const row = await sent(root, `${base}/${entity.plural}`, { ...values, ...more })
    planted.push({ entity, customer_id: below ?? row.id, id: row.id, values: row })
    return row
  }
  const [customer, ...kinds] = entityList
  assert.ok(customer?.root)
  for (const holds of ['one', 'other'] as const) {
    const { id } = await plant(customer, holds)
    for (const each of kinds) await plant(each, holds, id)
  }
  const hired = async (name: string, given: readonly Given[]): Promise<Person> => {
    const person = await hire(firm, secrets, name, given)
    // The page of the day shows nobody but its reader's own tasks.
    const task = kinds.find((each) => each.name === 'task')
    const [first] = planted
    if (task && first) await plant(task, 'one', first.id, { owner_id: person.by.id })
    return person
  }
  const walkers: Walker[] = []
  for (const right of fromWeakest.toReversed())
    walkers.push({ ...(await hired(right, [{ level: right }])), right })
  const others: Person[] = []
  for (const { name, roles: given } of mixed) others.push(await hired(name, given))
  const one = (entity: Entity): Planted => {
    const found = planted.find((each) => each.entity === entity)
    if (!found) throw new Error(`No ${entity.name} was planted`)
    return found
  }
  const held: Held = {
    ...{ id: one(customer).id, name: String(one(customer).values.name) },
    ...{ owner: root.id, department: firm.house.departments.top },
  }
  return { firm, secrets, planted, one, held, walkers, mixed: others }
}

export type Secrets = Awaited<ReturnType<typeof openSecrets>>

const secretsOf = (entity: Entity): Secret[] =>
  Object.entries(entity.fields)
    .filter(([, { sensitivity }]) => sensitivity === 'personal')
    .map(([name, field], at) => ({
      ...{ entity, name, field },
      ...{ one: heldIn(entity, field, 2 * at), other: heldIn(entity, field, 2 * at + 1) },
    }))

/** Unlike any other value in the firm, as its trace is looked for in every answer. */
const heldIn = (entity: Entity, field: Field, at: number): unknown => {
  const place = entityList.indexOf(entity)
  const nth = 1000 + place * 100 + at
  const second = at % 2 === 1
  const choice = field.choices?.[second ? 1 : 0]?.value
  switch (field.kind) {
    case 'phones':
      return [`1365555${nth}`]
    case 'phone':
      return `1375555${nth}`
    case 'email':
      return `mi${nth}@silk.cn`
    // In fen, the formula's being twice the other.
    case 'money':
      return (field.formula ? 2 : 1) * (701_234_500 + 100 * (second ? nth - at : nth - at + 1))
    case 'date':
      return `19${second ? 71 : 72}-0${1 + place}-${10 + Math.floor(at / 2)}`
    case 'idNumber':
      return sound(`1101051949123${second ? 1 : 0}0${10 + place}`)
    case 'choice':
      return choice
    case 'choices':
      return [choice]
    case 'tags':
      return [`密签${nth}`]
    default:
      return `密文${nth}`
  }
}

/** An identity number, by its first seventeen digits. */
const sound = (digits: string) =>
  [...'0123456789X'].map((last) => digits + last).find((each) => !readIdNumber(each, now).problem)

/** What of a value no answer may hold where it is covered; of one among few, its word is no secret. */
export const tracesOf = ({ entity, field, one, other }: Secret): string[] => {
  if (field.choices || field.kind === 'bool') return []
  if (field.kind === 'file') return [fileOf(entity)]
  const pair = [one, other].flat()
  // An export writes yuan, an answer fen.
  return pair.map((each) => String(field.kind === 'money' ? Number(each) / 100 : each))
}

const fileOf = ({ name }: Entity) => `密件${name}`

const upload = async (by: Caller, { entity }: Secret, holds: string) => {
  const name = `${fileOf(entity)}${holds}.txt`
  const options = { query: { name }, raw: Buffer.from(name) }
  const { status, body } = await by.call('POST', '/files', options)
  assert.equal(status, 201)
  const { id }: Row = body
  return { id }
}

const sent = async (by: Caller, path: string, body: object): Promise<Row> => {
  const answer = await by.call('POST', path, { body })
  assert.equal(answer.status, 201, `${path} ${answer.raw}`)
  return answer.body
}

/** Shaping records and roles tells of every field by its nature. */
export const shaping: readonly string[] = ['fields.manage', 'roles.manage']

const hire = async (
  { house }: Firm,
  secrets: readonly Secret[],
  name: string,
  given: readonly Given[],
): Promise<Person> => {
  const ids: string[] = []
  for (const [at, each] of given.entries()) {
    const role = { label: { zh: `${name}-${at}`, en: '' }, description: '', departments: [] }
    const rights = rightsOf(secrets, each)
    ids.push((await roles.create(house.ctx, { ...role, default_scope: 'all', rights })).id)
  }
  const department_id = house.departments.top
  const by = await house.hire(name, { name, roles: ids, department_id, scope: 'all' })
  const member = { name, by, role: 'clerk' as const, scope: 'all' as const }
  const own = (secret: Secret): Right =>
    strongest(...given.map((each) => givenBy(each, secrets.indexOf(secret)))) ?? 'hidden'
  // What is reckoned from a field shows no more than that.
  const rightTo = (secret: Secret): Right => {
    const used = secrets.find(({ name }) => secret.field.formula?.includes(name))
    return weakest(own(secret), used ? own(used) : 'write') ?? 'hidden'
  }
  return { ...member, department: department_id, listed: [], rightTo }
}

const givenBy = ({ level, field }: Given, at: number): Right => field?.(at) ?? level

const rightsOf = (secrets: readonly Secret[], { level, field }: Given): Rights => {
  return {
    kinds: { '*': Object.fromEntries(verbs.map((verb) => [verb, 'all'])) },
    keys: Object.keys(furtherKeys).filter((key) => !shaping.some((each) => each === key)),
    levels: { internal: 'write', personal: level, sensitive: level },
    fields: Object.fromEntries(
      field ? secrets.map(({ entity, name }, at) => [`${entity.name}.${name}`, field(at)]) : [],
    ),
  }
}
