import assert from 'node:assert/strict'
import * as roles from '#access/roles/commands.ts'
import { furtherKeys, type Rights, verbs } from '#access/roles/rules.ts'
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
export type Person = Member & { right: Right }

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

export const addedName = ({ name }: Entity, word: Word) => `x_mi_${word}_${name}`
export const addedLabel = ({ name }: Entity, word: Word) => `密项${word}${name}`
const choices = ['a', 'b'].map((value) => ({ value, label: { zh: `密选${value}`, en: '' } }))

/** Rights over fields come by the field, by its sensitivity, or as the strongest of two roles. */
const people: readonly { name: string; right: Right; roles: readonly Given[] }[] = [
  ...(['write', 'read', 'masked', 'hidden'] as const).flatMap((right) => [
    { name: `${right}-level`, right, roles: [{ by: 'level' as const, right }] },
    { name: `${right}-field`, right, roles: [{ by: 'field' as const, right }] },
  ]),
  { name: 'masked-two', right: 'masked', roles: pair('hidden', 'masked') },
  { name: 'read-two', right: 'read', roles: pair('masked', 'read') },
  { name: 'write-two', right: 'write', roles: pair('write', 'hidden') },
]
type Given = { by: 'level' | 'field'; right: Right }

function pair(one: Right, two: Right): Given[] {
  return [
    { by: 'level', right: one },
    { by: 'field', right: two },
  ]
}

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
  const hired: Person[] = []
  for (const { name, right, roles: given } of people) {
    const person = await hire(firm, secrets, name, right, given)
    hired.push(person)
    // The page of the day shows nobody but its reader's own tasks.
    const task = kinds.find((each) => each.name === 'task')
    const [first] = planted
    if (task && first) await plant(task, 'one', first.id, { owner_id: person.by.id })
  }
  const one = (entity: Entity): Planted => {
    const found = planted.find((each) => each.entity === entity)
    if (!found) throw new Error(`No ${entity.name} was planted`)
    return found
  }
  const held: Held = {
    ...{ id: one(customer).id, name: String(one(customer).values.name) },
    ...{ owner: root.id, department: firm.house.departments.top },
  }
  return { firm, secrets, planted, one, held, people: hired }
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
  const nth = 1000 + entityList.indexOf(entity) * 100 + at
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
      return `19${second ? 71 : 72}-0${1 + entityList.indexOf(entity)}-17`
    case 'idNumber':
      return second ? '440524188001010014' : '11010519491231002X'
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

/** What of a value no answer may hold where it is covered; of one among few, its word is no secret. */
export const tracesOf = ({ field, one, other }: Secret): string[] => {
  if (field.choices || field.kind === 'bool') return []
  if (field.kind === 'file') return ['密件']
  const pair = [one, other].flat()
  // An export writes yuan, an answer fen.
  return pair.map((each) => String(field.kind === 'money' ? Number(each) / 100 : each))
}

const upload = async (by: Caller, { entity }: Secret, holds: string) => {
  const options = { query: { name: `密件${entity.name}${holds}.txt` }, raw: Buffer.from('密件') }
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
  right: Right,
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
  return { ...member, department: department_id, listed: [], right }
}

const rightsOf = (secrets: readonly Secret[], { by, right }: Given): Rights => {
  const otherwise = right === 'hidden' ? 'write' : 'hidden'
  const level = by === 'level' ? right : otherwise
  return {
    kinds: { '*': Object.fromEntries(verbs.map((verb) => [verb, 'all'])) },
    keys: Object.keys(furtherKeys).filter((key) => !shaping.some((each) => each === key)),
    levels: { internal: 'write', personal: level, sensitive: level },
    fields:
      by === 'level'
        ? {}
        : Object.fromEntries(secrets.map(({ entity, name }) => [`${entity.name}.${name}`, right])),
  }
}
