import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as z from 'zod/mini'
import { templates } from '#access/setup/rules.ts'
import { interaction } from '#contact/interactions/fields.ts'
import { task } from '#contact/tasks/fields.ts'
import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import { readCreditCode } from '#platform/china/creditCode.ts'
import { readPhone } from '#platform/china/phone.ts'
import { readVin } from '#platform/china/vin.ts'
import type { Fields } from '#platform/fields/field.ts'
import { addDays, isWorkday } from './calendar.ts'
import { type Demo, type DemoCustomer, generateDemo } from './generate.ts'
import { readTemplate } from './template.ts'

// A working Friday, a public holiday, a leap day and a year that chinese-days does not know yet.
const days = ['2026-11-20', '2026-10-01', '2028-02-29']
const keys = templates.map((template) => template.key)
const demos = keys.flatMap((template) =>
  days.map((today, seed) => ({ template, today, demo: generateDemo({ template, seed, today }) })),
)
const told = ({ customers }: Demo) => customers.flatMap((each) => each.interactions)
const due = ({ customers }: Demo) => customers.flatMap((each) => each.tasks)
const localDay = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString()

test('the same seed and day give the same bytes, another seed others', () => {
  for (const template of keys) {
    const make = (seed: number) =>
      JSON.stringify(generateDemo({ template, seed, today: '2026-11-21' }))
    const first = make(1)
    assert.equal(make(1), first)
    assert.notEqual(make(2), first)
  }
})

for (const { template, today, demo } of demos)
  describe(`${template} on ${today}`, () => {
    test('has as much of everything as a firm of fifteen people', () => {
      assert.equal(demo.customers.length, 300)
      inRange(told(demo).length, 2500, 3700)
      const open = due(demo).filter((each) => !each.done_at)
      inRange(due(demo).length, 500, 1200)
      inRange(open.filter((each) => each.due_on < today).length, 10, 45)
      inRange(open.filter((each) => each.due_on === today).length, 10, 35)
      const week = open.filter(({ due_on }) => due_on > today && due_on <= addDays(today, 7))
      inRange(week.length, 25, 90)
      for (const stage of customer.fields.stage.choices) {
        const count = demo.customers.filter(({ values }) => values.stage === stage.value).length
        inRange(count, 4, 220)
      }
    })

    test('every value reads as its field reads it, unchanged', () => {
      for (const { values, contacts, interactions, tasks } of demo.customers) {
        reads(customer.fields, values)
        for (const each of contacts) reads(contact.fields, each)
        for (const { person: _person, contact: _contact, ...each } of interactions)
          reads(interaction.fields, each)
        for (const { owner: _owner, interaction: _from, ...each } of tasks) reads(task.fields, each)
      }
    })

    test('fields that belong to a kind are filled for that kind only', () => {
      const fields: Fields = customer.fields
      for (const { values } of demo.customers)
        for (const name of Object.keys(values)) {
          const kinds = fields[name]?.when?.in
          assert.ok(!kinds || kinds.includes(values.kind), `${values.name}: ${name}`)
        }
    })

    test('codes and numbers are right but for the two deliberate ones', () => {
      const codes = demo.customers.flatMap(({ values }) => values.credit_code ?? [])
      const wrong = codes.map(readCreditCode).filter(({ problem }) => problem)
      assert.equal(wrong.length, 2)
      assert.equal(wrong.filter(({ suggestion }) => suggestion).length, 1)
      assert.ok(codes.length > 20)
      assert.equal(new Set(codes).size, codes.length)
      const people = demo.customers.flatMap(({ values, contacts }) => [values, ...contacts])
      for (const phone of people.flatMap(({ phones }) => phones ?? []))
        assert.equal(readPhone(phone).problem, undefined, phone)
    })

    test('nothing happened today or later, and all in order', () => {
      for (const { created_at, interactions, tasks } of demo.customers) {
        const times = [created_at, ...interactions.map(({ at }) => at)]
        assert.deepEqual(times, [...times].sort())
        for (const at of [...times, ...tasks.flatMap((each) => each.done_at ?? [])])
          assert.ok(localDay(at) < today, at)
        for (const each of tasks) {
          const from = interactions[each.interaction]
          assert.ok(from)
          if (each.done_at) assert.ok(each.done_at > from.at)
          else assert.ok(each.due_on > localDay(from.at).slice(0, 10))
        }
      }
    })

    test('people meet by day, firms on working days', () => {
      for (const { values, interactions } of demo.customers)
        for (const { at, channel } of interactions) {
          inRange(Number(localDay(at).slice(11, 13)), 8, 21)
          const day = localDay(at).slice(0, 10)
          if (values.kind === 'organisation' && channel !== 'wechat') assert.ok(isWorkday(day), at)
        }
    })

    test('no two neighbours are alike, in one chronicle and in the list of all', () => {
      const all = told(demo).sort((one, other) => (one.at < other.at ? -1 : 1))
      for (const list of [all, ...demo.customers.map(({ interactions }) => interactions)])
        for (const [place, { summary }] of list.entries())
          assert.notEqual(summary, list[place + 1]?.summary)
      const texts = all.map(({ summary }) => summary)
      assert.ok(new Set(texts).size > texts.length * 0.85)
    })

    test('no slot is left open', () => {
      assert.doesNotMatch(JSON.stringify(demo.customers), /\{\w+\}|undefined|NaN/)
    })

    test('everything that is named is there', () => {
      const people = new Set(demo.people.map(({ key }) => key))
      const departments = demo.departments.map(({ key }) => key)
      inRange(people.size, 12, 15)
      for (const { department } of demo.people) assert.ok(departments.includes(department))
      for (const [place, { parent }] of demo.departments.entries())
        assert.ok(!parent || departments.slice(0, place).includes(parent))
      for (const { owner, contacts, interactions, tasks } of demo.customers) {
        assert.ok(owner === null || people.has(owner))
        for (const each of tasks) assert.ok(people.has(each.owner))
        for (const { person, contact: place } of interactions) {
          assert.ok(people.has(person))
          assert.ok(place === undefined || contacts[place])
        }
      }
      const { tags, sources } = readTemplate(template)
      for (const { values } of demo.customers) {
        for (const tag of values.tags ?? []) assert.ok(tags.includes(tag), tag)
        assert.ok(!values.source || sources.includes(values.source), values.source ?? '')
      }
    })

    test('the hard cases are among them', () => {
      assert.ok(demo.customers.some(({ values }) => [...values.name].length === 30))
      const full = demo.customers.find(hasEverything)
      assert.ok(full)
      inRange(full.interactions.length, 45, 200)
      const bare = demo.customers.find(({ values }) => Object.keys(values).length === 3)
      assert.deepEqual(bare && [bare.contacts, bare.interactions, bare.tasks], [[], [], []])
      const owners = Map.groupBy(
        demo.customers.flatMap(({ values }) => values.phones ?? []),
        (phone) => phone,
      )
      assert.equal([...owners.values()].filter((same) => same.length === 2).length, 1)
      const names = demo.customers.map(({ values }) => values.name).join(' ')
      for (const hard of ['单', '曾', '仇', '解', '欧阳', '重庆', '长沙', /[臺灣蘇長]/])
        assert.match(names, new RegExp(hard))
    })
  })

test('cars have plates and numbers with a right check digit', () => {
  for (const { demo } of demos.filter(({ template }) => template === 'auto-dealer')) {
    const notes = demo.customers.flatMap(({ values }) => values.note ?? [])
    const numbers = notes.flatMap((note) => /车架号 (\w+)/.exec(note)?.[1] ?? [])
    assert.ok(numbers.length > 150)
    for (const number of numbers) assert.equal(readVin(number).problem, undefined, number)
    const plates = notes.flatMap((note) => /湘A·(\w+)/.exec(note)?.[1] ?? [])
    assert.equal(plates.length, numbers.length)
    for (const plate of plates) assert.match(plate, /^(?:[DF]\d{5}|[A-HJ-NP-Z0-9]{5})$/)
  }
})

const hasEverything = ({ values }: DemoCustomer) => {
  const fields: Fields = customer.fields
  return Object.entries(fields).every(
    ([name, { set, when }]) =>
      set === 'system' ||
      name === 'owner_id' ||
      (when && !when.in.includes(values.kind)) ||
      name in values,
  )
}

const reads = (fields: Fields, record: Record<string, unknown>) => {
  for (const [name, value] of Object.entries(record)) {
    const field = fields[name]
    assert.ok(field, `no field ${name}`)
    const read = z.safeParse(field.read, value)
    assert.ok(read.success, `${name}: ${JSON.stringify(value)}`)
    assert.deepEqual(read.data, value)
  }
}

const inRange = (value: number, least: number, most: number) =>
  assert.ok(value >= least && value <= most, `${value} is not in ${least}–${most}`)
