import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entity } from '../fields/entity.ts'
import * as f from '../fields/kinds.ts'
import { decide, type Found, type Known } from './decide.ts'
import type { Plan, ReadRow, Values } from './reading.ts'

const label = { zh: '字段', en: 'Field' }
const client = entity({
  name: 'client',
  plural: 'clients',
  label,
  root: true,
  title: 'name',
  keys: ['phones', 'name'],
  defaultSort: 'name',
  fields: {
    name: f.text({ label: { zh: '名称', en: 'Name' }, required: true }),
    phones: f.phones({ label: { zh: '电话', en: 'Phones' } }),
    city: f.text({ label }),
  },
})
const member = entity({
  name: 'member',
  plural: 'members',
  label,
  title: 'name',
  defaultSort: 'name',
  fields: { name: f.text({ label, required: true }), position: f.text({ label }) },
})

const plan = (change: Partial<Plan> = {}): Plan => ({
  entity: client,
  beside: member,
  mode: 'both',
  key: 'phones',
  defaults: {},
  directory: { people: [], departments: [] },
  dates: {},
  decide: new Map(),
  fills: [],
  ...change,
})
const row = (number: number, values: Values, beside: Values = {}): ReadRow => ({
  number,
  values,
  beside,
  keys: (values.phones ?? []) as string[],
  problems: [],
  customers: [],
  references: {},
  files: [],
  unread: [],
})
const record = (id: string, values: Values): Known => ({
  id,
  version: 1,
  can_edit: true,
  ...values,
})
const found = (records: Known[] = [], members: [string, Known[]][] = []): Found => ({
  claims: new Map(),
  claimed: new Map(),
  records: Map.groupBy(records, (each) => ((each.phones ?? []) as string[])[0] ?? ''),
  beside: new Map(members),
  whole: new Map(),
})
const told = (steps: ReturnType<typeof decide>) =>
  steps.map(({ outcome, problems }) => [outcome, ...problems.map((each) => each.reason)])

const known = record('r1', { name: '甲', phones: ['138', '0571'], city: '杭州' })

test('in each mode, a row that is known and one that is not', () => {
  const rows = [
    row(2, { name: '甲', phones: ['138'], city: '宁波' }),
    row(3, { name: '乙', phones: ['139'] }),
  ]
  const outcomes = (mode: Plan['mode']) => told(decide(plan({ mode }), rows, found([known])))
  assert.deepEqual(outcomes('insert'), [['skipped', 'record_exists'], ['created']])
  assert.deepEqual(outcomes('update'), [['updated'], ['failed', 'record_not_found']])
  assert.deepEqual(outcomes('both'), [['updated'], ['created']])
})

test('an update writes only what differs, and a key list grows', () => {
  const [step] = decide(
    plan(),
    [row(2, { name: '甲', phones: ['138', '139'], city: '宁波' })],
    found([known]),
  )
  assert.deepEqual(step?.change?.values, { phones: ['138', '0571', '139'], city: '宁波' })
})

test('a row that says nothing new is skipped', () => {
  const steps = decide(plan(), [row(2, { name: '甲', phones: ['138'] })], found([known]))
  assert.deepEqual(told(steps), [['skipped']])
})

test('a key of several records, of one that may not be edited, or none at all', () => {
  const twins = [known, record('r2', { name: '丙', phones: ['138'] })]
  const rows = [row(2, { name: '甲', phones: ['138'] })]
  assert.deepEqual(told(decide(plan(), rows, found(twins))), [['failed', 'key_ambiguous']])
  const closed = { ...known, can_edit: false }
  assert.deepEqual(told(decide(plan(), rows, found([closed]))), [['failed', 'record_not_editable']])
  const keyless = [row(2, { name: '丁' })]
  assert.deepEqual(told(decide(plan({ mode: 'update' }), keyless, found())), [
    ['failed', 'key_missing'],
  ])
  assert.deepEqual(told(decide(plan(), keyless, found())), [['created']])
})

test('defaults fill what a new row leaves empty and never what it says', () => {
  const rows = [row(2, { name: '甲' }), row(3, { name: '乙', city: '温州' })]
  const steps = decide(plan({ defaults: { city: '杭州' } }), rows, found())
  assert.deepEqual(
    steps.map((step) => step.create?.city),
    ['杭州', '温州'],
  )
})

test('what is required is required of new records and of what they bring along', () => {
  const rows = [row(2, { phones: ['138'] }), row(3, { name: '乙' }, { position: '经理' })]
  assert.deepEqual(told(decide(plan(), rows, found())), [
    ['failed', 'required'],
    ['failed', 'required'],
  ])
})

test('a key that comes again adds its second entity to the record of the first row', () => {
  const rows = [
    row(2, { name: '甲', phones: ['138'] }, { name: '王芳' }),
    row(3, { name: '甲', phones: ['138'] }, { name: '李伟' }),
    row(4, { name: '甲', phones: ['138'] }, { name: '李伟' }),
    row(5, { phones: ['138'] }),
    row(6, { name: '乙', phones: ['138'] }, { name: '赵敏' }),
  ]
  const steps = decide(plan(), rows, found())
  assert.deepEqual(told(steps), [
    ['created'],
    ['updated'],
    ['skipped', 'duplicate_in_file'],
    ['skipped', 'duplicate_in_file'],
    ['failed', 'duplicate_in_file'],
  ])
  assert.deepEqual(steps[1]?.bring, { name: '李伟' })
  assert.deepEqual(steps[4]?.problems[0]?.values, { row: 2 })
})

test('a record found by two keys in one file is one record', () => {
  const rows = [
    row(2, { phones: ['138'], city: '宁波' }),
    row(3, { phones: ['0571'], city: '温州' }),
  ]
  const both = found([known])
  both.records.set('0571', [known])
  assert.deepEqual(told(decide(plan(), rows, both)), [['updated'], ['failed', 'duplicate_in_file']])
})

test('a second entity is found by its title: made, changed, or left', () => {
  const members: [string, Known[]][] = [['r1', [record('m1', { name: '王芳', position: '经理' })]]]
  const step = (beside: Values) =>
    decide(plan(), [row(2, { phones: ['138'] }, beside)], found([known], members))[0]
  assert.deepEqual(step({ name: '李伟' })?.bring, { name: '李伟' })
  assert.deepEqual(step({ name: '王芳', position: '总监' })?.amend?.values, { position: '总监' })
  assert.equal(step({ name: '王芳', position: '经理' })?.outcome, 'skipped')
})
