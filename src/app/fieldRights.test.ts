import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as z from 'zod/mini'
import { actorOf } from '#access/holders/queries.ts'
import { compile } from '#platform/conditions/compile.ts'
import { type Condition, conditionShape } from '#platform/conditions/condition.ts'
import { relationsOf } from '#platform/conditions/relations.ts'
import { type Actor, everyone, type Right } from '#platform/database/ctx.ts'
import { asksInQuery, type Endpoint } from '#platform/door/contract.ts'
import { AppError } from '#platform/errors/error.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { partsOf } from '#platform/fields/naming.ts'
import { entityList } from './house.ts'
import { harmless, leavesOf, type Outcome, type Part, parts } from './testing/fieldPolicy.ts'
import { tableRows } from './testing/importing.ts'
import {
  openSecrets,
  type Person,
  type Row,
  type Secret,
  type Secrets,
  type Walker,
} from './testing/secrets.ts'
import { taking } from './testing/taking.ts'
import type { Answer, Options } from './testing/testHouse.ts'
import { unique } from './testing/unique.ts'
import {
  callOf,
  endpoints,
  isCovered,
  kindOf,
  nameOf,
  tellsRecords,
  walking,
} from './testing/walking.ts'

let house: Secrets
let walk: ReturnType<typeof walking>
/** One person for each right over all fields alike. */
let walkers: Walker[]
/** Those whose right differs from field to field, by one role or two. */
let mixed: Person[]
before(async () => {
  house = await openSecrets()
  walk = walking(house)
  walkers = house.walkers
  mixed = house.mixed
})
after(async () => {
  assert.deepEqual(house?.firm.house.faults, [])
  await house?.firm.house.close()
})

const signedIn = endpoints.filter(({ permission }) => permission !== 'public')
// What only reads goes first, so that what others write does not push the planted records away.
const order = ({ method, path }: Endpoint) =>
  method === 'GET' || path.endsWith('exact-match') ? 0 : 1
const readingFirst = signedIn.toSorted((a, b) => order(a) - order(b))

describe('a right over fields, at every endpoint', () => {
  for (const endpoint of readingFirst)
    it(nameOf(endpoint), async () => {
      const call = callOf(endpoint)
      const questions = call.kind === 'rows' ? call.asked : [call.query ?? {}]
      // Who sees all is asked only where records are told, so that there was something to keep back.
      const tells = tellsRecords(endpoint)
      const asking: readonly Right[] = [
        ...(tells ? (['write'] as const) : []),
        ...(tells || endpoint.method === 'GET' ? (['masked'] as const) : []),
        'hidden',
      ]
      for (const by of walkers.filter(({ right }) => asking.includes(right)))
        for (const query of questions) await look(by, endpoint, query)
      for (const by of tells || endpoint.method === 'GET' ? mixed : [])
        await look(by, endpoint, questions[0] ?? {})
    })
})

const look = async (by: Person, endpoint: Endpoint, query: Record<string, unknown>) => {
  const where = `${nameOf(endpoint)} ${JSON.stringify(query)} ${by.name}`
  const answer = await walk.send(by, endpoint, { query, ...byTitle(endpoint) })
  assert.deepEqual(await walk.leaks(by, answer), [], where)
  const rows = walk.plantedIn(answer.body)
  for (const row of rows) walk.requireShown(by, row, where)
  if (tellsRecords(endpoint) && endpoint.method !== 'DELETE')
    assert.ok(rows.length > 0, `${where} told of nothing planted: ${answer.raw}`)
}

/** An exact match by what a planted record is called, so that it is found by whoever may ask. */
const byTitle = (endpoint: Endpoint): Options => {
  const entity = kindOf(endpoint)
  if (!endpoint.path.endsWith('/exact-match') || !entity) return {}
  return { body: { field: entity.title, value: String(house.one(entity).values[entity.title]) } }
}

const keysOf = (endpoint: Endpoint) => Object.keys(partsOf(endpoint.input))
const isField = (key: string) => entityList.some(({ fields }) => Object.hasOwn(fields, key))
/** The keys of its input that name fields; values given by the names of fields are one of them. */
const partKeys = (endpoint: Endpoint) => {
  const ends = `/${kindOf(endpoint)?.plural}`
  const writes = ['POST', 'PATCH'].includes(endpoint.method)
  const takesValues = endpoint.path.replace('/:id', '').endsWith(ends)
  return [
    ...keysOf(endpoint).filter((key) => key !== 'value' && Object.hasOwn(parts, key)),
    ...(takesValues && writes ? ['value'] : []),
  ].filter((key) => !(key === 'definition' && endpoint.path.startsWith('/fields')))
}

describe('naming a field', () => {
  it('happens nowhere but where the policy knows of it', () => {
    const known = (key: string) => Object.hasOwn(parts, key) || harmless.includes(key)
    const strange = endpoints.flatMap((endpoint) =>
      keysOf(endpoint)
        .filter((key) => !known(key) && !isField(key))
        .map((key) => `${key} of ${nameOf(endpoint)}`),
    )
    assert.deepEqual(strange, [])
  })

  for (const endpoint of signedIn.filter((each) => partKeys(each).length > 0))
    it(`${partKeys(endpoint).join(', ')} of ${nameOf(endpoint)}`, async () => {
      for (const key of partKeys(endpoint)) {
        const part = parts[key]
        assert.ok(part)
        await tryPart(endpoint, key, part)
      }
    })

  it('goes by the right over that very field, by the strongest of the roles that give one', async () => {
    const lists = endpoints.filter(({ path }) => /^.[a-z]+(.count|.groups|.export)?$/.test(path))
    for (const secret of house.secrets) {
      const own = lists.filter((each) => each.method === 'GET' && kindOf(each) === secret.entity)
      for (const key of ['filter', 'sort', 'by', 'sum', 'columns']) {
        const endpoint = own.find((each) => partKeys(each).includes(key))
        assert.ok(endpoint, `${secret.entity.name} is asked by ${key}`)
        if (!parts[key]?.with(secret, secret.name, endpoint)) continue
        for (const by of mixed) await named(by, endpoint, key, secret)
      }
      const write = endpoints.find(
        (each) => each.method === 'PATCH' && kindOf(each) === secret.entity,
      )
      assert.ok(write)
      // What is written anew would no longer be what was planted: who may write it does so elsewhere.
      for (const by of mixed.filter((each) => each.rightTo(secret) !== 'write'))
        if (parts.value?.with(secret, secret.name, write)) await named(by, write, 'value', secret)
    }
  })
})

const tryPart = async (endpoint: Endpoint, key: string, part: Part) => {
  const given = (secret: Secret, name: string) => part.with(secret, name, endpoint)
  const fitting = ofEachKind(aimOf(endpoint)).filter((each) => given(each, each.name))
  for (const [at, secret] of fitting.entries())
    for (const by of askingOf(part, at === 0)) {
      const { answer, ask, where } = await named(by, endpoint, key, secret)
      if (at > 0 || part.outcome[by.right] !== 'unknown') continue
      const never = saidOf(await ask(absent), absent)
      assert.deepEqual(saidOf(answer, secret.name), never, where)
    }
}

/** Names a field to an endpoint by this key of its input; the answer is as the right over it wants it. */
const named = async (by: Person, endpoint: Endpoint, key: string, secret: Secret) => {
  const part = parts[key]
  assert.ok(part)
  const ask = (name: string) =>
    walk.send(by, endpoint, merged(endpoint, part.with(secret, name, endpoint) ?? {}))
  const answer = await ask(secret.name)
  const where = `${key} ${secret.name} of ${nameOf(endpoint)} ${by.name}`
  requireOutcome(answer, part.outcome[by.rightTo(secret)], where)
  return { answer, ask, where }
}

/** Who gets an answer is asked once; what may be read is refused as what is masked where it is written. */
const askingOf = ({ outcome }: Part, isFirst: boolean): Walker[] =>
  walkers.filter(({ right }) =>
    right === 'read' ? isFirst && outcome.read !== 'answered' : isFirst || right !== 'write',
  )

/** One field of each kind; which of them it is makes no difference to an endpoint. */
const ofEachKind = (entity: Entity | undefined) => {
  const own = house.secrets.filter((secret) => secret.entity === entity)
  const kinds = ['phones', 'text', 'money', 'choice', 'date']
  return [
    ...kinds.flatMap((kind) => own.findLast(({ field }) => field.kind === kind) ?? []),
    ...own.filter(({ field }) => field.formula !== undefined),
  ]
}

const absent = 'x_never'
/** The kind of record whose fields an endpoint speaks of; imports and views are tried for customers. */
const aimOf = (endpoint: Endpoint): Entity | undefined => kindOf(endpoint) ?? entityList[0]

const saidOf = ({ status, raw }: Answer, name: string) => [
  status,
  raw.toString().replaceAll(`"${name}"`, '"it"').replaceAll(`${name}"`, 'it"'),
]

const requireOutcome = ({ status, raw }: Answer, wanted: Outcome, where: string) => {
  const said = `${where}: ${status} ${raw.toString().slice(0, 300)}`
  if (wanted === 'answered') assert.ok(status < 400, said)
  else if (wanted === 'unknown') assert.equal(status, 400, said)
  else assert.ok(status >= 400 && raw.includes(wanted), said)
}

/** What is given besides what the endpoint needs anyway; rows are named or asked for, not both. */
const merged = (endpoint: Endpoint, given: Record<string, unknown>): Options => {
  const call = callOf(endpoint)
  if (asksInQuery(endpoint))
    return { query: { ...(call.kind === 'rows' ? call.asked[0] : call.query), ...given } }
  const own = typeof call.body === 'object' ? { ...call.body } : {}
  if (!endpoint.path.includes('/bulk')) return { body: { ...own, ...given } }
  const { rows, ...rest } = { rows: undefined, ...own }
  const edit = endpoint.path.endsWith('/bulk') ? { action: editOf(kindOf(endpoint)) } : {}
  return {
    body: { ...rest, ...edit, ...(!('filter' in given || 'q' in given) && { rows }), ...given },
  }
}

/** Anything that may be done to many records and does nothing to what is looked at here. */
const editOf = (entity: Entity | undefined) => {
  const [field] = Object.entries(entity?.fields ?? {}).find(
    ([, { kind, sensitivity, set }]) => kind === 'longText' && sensitivity !== 'personal' && !set,
  ) ?? ['']
  return { kind: 'edit', field, value: '改' }
}

describe('a condition', () => {
  it('says nothing by any test of a field, wrapped or about related things', async () => {
    const { ctx } = house.firm.house
    const actors: [Person, Actor][] = []
    for (const by of [...walkers, ...mixed]) {
      const actor = await actorOf(ctx, { id: by.by.id })
      assert.ok(actor)
      actors.push([by, actor])
    }
    for (const entity of entityList)
      for (const { secret, filter } of conditionsOf(entity))
        for (const [by, actor] of actors) {
          const ask = () => compile({ ...ctx, actor }, entity, filter)
          const where = `${JSON.stringify(filter)} ${by.name}`
          const wanted = parts.filter?.outcome[by.rightTo(secret)]
          if (wanted === 'answered') assert.doesNotThrow(ask, where)
          else {
            const reason = wanted === 'field_not_readable' ? wanted : 'field_unknown'
            assert.throws(ask, isRefusal(reason, secret.name), where)
          }
        }
  })

  it('is shown in a saved view only to whom it may be told', async () => {
    const made: { id: string; version: number; secret: Secret; definition: object }[] = []
    for (const secret of entityList.flatMap(ofEachKind)) {
      const { entity, name, field } = secret
      const [filter] = leavesOf(secret, name)
      const views = [
        { filter },
        { filter: { not: { any: [filter] } } },
        ...(field.sort ? [{ sort: name }] : []),
        ...(field.kind === 'money' ? [{ kind: 'chart', group: 'created_at', sum: name }] : []),
        ...(field.kind === 'date' ? [{ kind: 'calendar', group: name }] : []),
        ...(field.kind === 'choice'
          ? ['chart', 'board'].map((kind) => ({ kind, group: name }))
          : []),
      ]
      for (const definition of views) {
        const body = { entity: entity.name, name: unique(), shared_with: [everyone], definition }
        const answer = await house.firm.house.root.call('POST', '/views', { body })
        assert.equal(answer.status, 201, answer.raw.toString())
        const { id, version }: Row = answer.body
        made.push({ id, version, secret, definition })
      }
    }
    for (const [entity, views] of Map.groupBy(made, ({ secret }) => secret.entity.name))
      for (const by of [...walkers, ...mixed]) {
        const told: { items: { id: string }[] } = (
          await by.by.call('GET', `/views?entity=${entity}`)
        ).body
        for (const { id, secret, definition } of views) {
          const there = told.items.some((each) => each.id === id)
          assert.equal(there, !isCovered(by, secret), `${JSON.stringify(definition)} ${by.name}`)
        }
      }
    for (const { id, version } of made)
      await house.firm.house.root.call('DELETE', `/views/${id}`, { version })
  })
})

const sound = (said: unknown): Condition => z.parse(conditionShape, said)

const isRefusal = (reason: string, field: string) => (error: unknown) =>
  error instanceof AppError &&
  error.detail.errors?.some((each) => each.reason === reason && each.values?.field === field) ===
    true

/** Each test of each field: in alternatives, negated, and one of each field through every relation. */
const conditionsOf = (entity: Entity) => {
  const of = (target: { name: string }) =>
    house.secrets.filter((secret) => secret.entity.name === target.name)
  return [
    ...of(entity).flatMap((secret) =>
      leavesOf(secret, secret.name).map((leaf) => ({
        ...{ secret, filter: sound({ any: [{ not: leaf }, { all: [] }] }) },
      })),
    ),
    ...relationsOf(entity).flatMap(({ name, to }) =>
      of(to).flatMap((secret) =>
        leavesOf(secret, secret.name)
          .slice(-1)
          .map((leaf) => ({
            secret,
            filter: sound({ not: { related: name, is: 'some', where: leaf } }),
          })),
      ),
    ),
  ]
}

describe('search', () => {
  it('finds by a covered value nothing, wherever there is a search', async () => {
    // The bin is searched by titles, and what goes along with a deletion is nothing below a customer.
    const apart = /^.bin|deletion$/
    const asked = signedIn.filter(
      (endpoint) => keysOf(endpoint).includes('q') && !apart.test(endpoint.path),
    )
    const searched = house.secrets.filter(({ field }) => field.search)
    const classes = Map.groupBy(searched, ({ field }) => field.kind)
    const some = [...classes.values()].flatMap((each) => each.slice(-1))
    for (const secret of some) {
      const { entity, field, one } = secret
      for (const endpoint of asked.filter((each) => [undefined, entity].includes(kindOf(each))))
        for (const by of [...walkers.filter(({ right }) => right !== 'read'), ...mixed]) {
          const value = String([one].flat()[0])
          const given = { q: value.slice(0, 9), ...(endpoint.path === '/search' && { q: value }) }
          const answer = await walk.send(by, endpoint, merged(endpoint, given))
          assert.ok(answer.status < 300, `${nameOf(endpoint)} ${answer.raw}`)
          const where = `${field.label.zh} in ${nameOf(endpoint)} for ${by.name}`
          assert.equal(await foundBy(answer), !isCovered(by, secret), `${where}: ${answer.raw}`)
        }
    }
  })
})

/** Whether a question found anything: rows, a number of them, groups, a place, the lines of a file. */
const foundBy = async (answer: Answer): Promise<boolean> => {
  if (!/json/.test(String(answer.headers['content-type'])))
    return (await tableRows(answer.raw)).length > 1
  const said: Found = answer.body
  const many = said.items?.length ?? said.groups?.length ?? said.total ?? said.count
  return said.position === undefined ? Number(many) > 0 : said.position !== null
}
type Found = {
  items?: unknown[]
  groups?: unknown[]
  total?: number | object
  count?: number
  position?: object | null
}

// Last, as what is planted is changed here.
describe('what is taken out, or told of others', () => {
  it('holds in the file of an export what its asker sees', async () => {
    await taking(house, walk).requireExports()
  })
  it('has no file of a field for whoever does not see it plain', async () => {
    await taking(house, walk).requireFiles()
  })
  it('names in a conflict and on the line of changes nothing that is hidden', async () => {
    await taking(house, walk).requireMeanwhile()
  })
})
