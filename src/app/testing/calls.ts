import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import * as departments from '#access/departments/commands.ts'
import { customer } from '#customers/customers/fields.ts'
import * as members from '#customers/members/commands.ts'
import { HOME, system } from '#platform/database/ctx.ts'
import { keep, receive } from '#platform/files/commands.ts'
import type { Status } from '#platform/imports/contract.ts'
import { note } from '#platform/imports/journal.ts'
import * as numbering from '#platform/numbering/queries.ts'
import { insert } from '#platform/records/records.ts'
import { entityList } from '../house.ts'
import { accessCalls } from './accessCalls.ts'
import { common, type Firm, type Held, type Made, type Member } from './firm.ts'
import { csvFile, tableRows } from './importing.ts'
import { shapingCalls } from './shaping.ts'
import { sampleOf, standing } from './standing.ts'
import type { Answer, Options } from './testHouse.ts'
import { unique } from './unique.ts'

/** Fresh for every call, as a call may put it away. */
export type Maker = (firm: Firm, by: Member) => Promise<Made>
type Sent = Omit<Options, 'version'>

/**
 * How an endpoint is called, and on what its answer depends besides the permission: on nothing, on
 * which rows the caller sees (their names are read from the answer), on one customer, or on whose it is.
 */
export type Call = Sent & {
  ok?: number
  /** A further permission that the endpoint needs, as it does several things. */
  needs?: string
} & (
    | {
        kind: 'free'
        make?: Maker
        fill?: (firm: Firm, by: Member) => Promise<Sent>
        /** Its caller has to sign in again. */
        endsSession?: true
      }
    | {
        kind: 'rows'
        /** Each question by itself; all of them mean every row that the caller sees. */
        asked: readonly Record<string, unknown>[]
        names: (answer: Answer, query: Record<string, unknown>) => Promise<string[] | number>
        of: 'customers' | 'tasks' | 'day'
      }
    | {
        kind: 'bound'
        make?: (firm: Firm, held: Held) => Promise<Made>
        fill?: (firm: Firm, by: Member) => Promise<Sent>
      }
    | { kind: 'own'; make: Maker; beyond?: string }
  )

type Named = Record<string, string | undefined>

const itemsBy =
  (title: string) =>
  async ({ body }: Answer) => {
    const page: { items: Named[] } = body
    return page.items.map((each) => each[title] ?? '')
  }
const counted = async ({ body }: Answer) => {
  const { count }: { count: number } = body
  return count
}
const grouped = async ({ body }: Answer) => {
  const { groups }: { groups: { count: number }[] } = body
  return groups.reduce((sum, { count }) => sum + count, 0)
}
const stopped = async ({ body }: Answer) => {
  const { total }: { total: number } = body
  return total
}
const exported = async ({ raw }: Answer) => (await tableRows(raw)).slice(1).flat()
const planned = async ({ body }: Answer) => {
  const day: Record<'overdue' | 'today' | 'week', Named[]> = body
  return [...day.overdue, ...day.today, ...day.week].map((each) => each.title ?? '')
}

/** What every kind of record answers alike. */
const records = (plural: string, title: string, create: object, change: object) => {
  const one = entityList.find((each) => each.plural === plural)?.name ?? ''
  const base = plural === 'customers' ? '/customers' : `/customers/:customer_id/${plural}`
  const of = plural === 'tasks' ? ('tasks' as const) : ('customers' as const)
  const every = { field: 'created_at', is: 'not_in_last_days', value: 0 }
  const filters = [{}, { filter: { not: every } }, { sort: '-created_at' }, { limit: '200' }]
  const make = (firm: Firm, held: Held) => makerOf(one)(firm, held)
  const bound = { kind: 'bound', make } as const
  const rows = [{ id: HOME, customer_id: HOME, version: 1 }]
  return {
    [`GET /${plural}`]: {
      kind: 'rows',
      of,
      asked: [...filters, { q: common }],
      names: itemsBy(title),
    },
    [`GET /${plural}/count`]: {
      kind: 'rows',
      of,
      asked: [{}, { q: common }, { exact: 'true' }, { filter: { not: every } }],
      names: counted,
    },
    [`GET /${plural}/export`]: {
      kind: 'rows',
      of,
      asked: [
        { format: 'csv', columns: title },
        { format: 'xlsx', columns: title, q: common },
      ],
      names: exported,
    },
    [`GET /${plural}/groups`]: {
      kind: 'rows',
      of,
      asked: [{ by: 'created_at' }, { by: 'updated_at', q: common }],
      names: grouped,
    },
    [`GET /${plural}/stops`]: {
      kind: 'rows',
      of,
      asked: [{}, { filter: { not: every } }, { q: common }, { sort: '-created_at' }],
      names: stopped,
    },
    [`POST /${plural}/exports`]: { kind: 'free', body: { columns: [title] } },
    [`GET /${plural}/export-choice`]: { kind: 'free' },
    [`POST /${plural}/bulk`]: {
      kind: 'free',
      needs: `${plural}.delete`,
      body: { rows, action: { kind: 'delete' } },
    },
    [`POST /${plural}/bulk/deletion`]: { kind: 'free', body: { rows } },
    [`POST /${plural}/exact-match`]: exactly(plural, title),
    [`POST ${base}/:id/plain-view`]: { ...bound, body: { field: title } },
    [`GET ${base}/:id`]: bound,
    [`GET ${base}/:id/explanation`]: { ...bound, query: { filter: every } },
    [`POST ${base}`]: { kind: plural === 'customers' ? 'free' : 'bound', body: create },
    [`PATCH ${base}/:id`]: { ...bound, body: change },
    [`DELETE ${base}/:id`]: bound,
    [`GET ${base}/:id/deletion`]: bound,
    [`GET ${base}/:id/place`]: bound,
    ...(plural !== 'customers' && { [`GET ${base}`]: { kind: 'bound' } }),
  } satisfies Record<string, Call>
}

/** All the firm's customers have one phone, and their contacts another. */
const exactly = (plural: string, title: string): Call => {
  const phones = new Map([
    ['customers', '13912345678'],
    ['contacts', '13912345679'],
  ])
  const value = phones.get(plural)
  if (!value) return { kind: 'free', body: { field: title, value: '无' } }
  const body = { field: 'phones', value }
  return { kind: 'rows', of: 'customers', asked: [{}], names: itemsBy(title), body }
}

const makerOf = (one: string) => async (firm: Firm, held: Held) => {
  if (one === 'customer') return { id: held.id, version: 1 }
  if (one === 'contact') return firm.make.contact(held)
  if (one === 'task') return firm.make.task(held)
  return one === 'interaction' ? firm.make.interaction(held) : firm.make.alike(held, one)
}

/** What kinds that are nothing but their fields answer. */
const alike = (): Record<string, Call> =>
  Object.fromEntries(
    standing().flatMap((entity) => {
      const made = sampleOf(entity, '新的')
      return Object.entries(records(entity.plural, entity.title, made, { [entity.title]: '改' }))
    }),
  )

const aView = () => ({
  ...{ entity: 'customer', name: unique(), shared_with: [] },
  definition: { filter: { all: [] }, sort: 'name' },
})
const customerNumbers: Maker = async ({ house }) => {
  const { items } = await numbering.list(house.ctx)
  return { id: 'customer', version: items.find(({ id }) => id === 'customer')?.version ?? 1 }
}

const newBulk: Maker = async ({ house }, { by }) => {
  const id = randomUUIDv7()
  await sql`insert into bulk_run (customer_id, id, entity, action, targets, total, status, created_at, created_by, updated_at)
    values (${HOME}, ${id}, 'customer', '{}', '[]', 0, 'done', now(), ${by.id}, now())`.execute(
    house.db,
  )
  return { id, version: 1 }
}

const newView: Maker = async (_firm, { by }) => {
  const { body } = await by.call('POST', '/views', { body: aView() })
  const { id, version }: Made = body
  return { id, version }
}

const newImport =
  (status: Status): Maker =>
  async ({ house }, { by }) => {
    const raw = csvFile([['客户名称'], [unique()]])
    const query = { entity: 'customer', name: 'a.csv' }
    const { body } = await by.call('POST', '/imports', { query, raw })
    const { id, version }: Made = body
    await sql`update import set status = ${status} where id = ${id}`.execute(house.db)
    return { id, version }
  }
/** Whoever may keep a mapping, although not everybody may upload a table. */
const ownImport = async (firm: Firm, owner: number) => {
  const { body } = await firm.named('root').by.call('POST', '/imports', {
    ...{ raw: csvFile([['客户名称'], [unique()]]), query: { entity: 'customer', name: 'a.csv' } },
  })
  const { id }: Made = body
  await sql`update import set created_by = ${owner} where id = ${id}`.execute(firm.house.db)
  return id
}
const newMapping: Maker = async (firm, by) => {
  const id = await ownImport(firm, by.by.id)
  const { body } = await by.by.call('POST', '/import-mappings', {
    body: { import_id: id, name: unique() },
  })
  return body
}
const newExport =
  (status: string): Maker =>
  async ({ house }, { by }) => {
    const content = await receive(
      (async function* () {
        yield Buffer.from('a')
      })(),
    )
    const file = await keep(house.ctx, { customer_id: HOME, name: 'a.csv', content })
    const id = randomUUIDv7()
    await sql`insert into export_run (customer_id, id, entity, question, columns, format, status,
        total, done, file_id, file_name, expires_at, created_at, created_by, updated_at, reach)
      values (${HOME}, ${id}, 'customer', '{}', '{name}', 'csv', ${status},
        1, 1, ${file.id}, 'a.csv', now() + interval '1 day', now(), ${by.id}, now(), '[[]]')`.execute(
      house.db,
    )
    return { id, version: 1 }
  }
/** A record that nobody has touched since it was imported. */
const undoable: Maker = async (firm, by) => {
  const { id, version } = await newImport('done')(firm, by)
  const { house } = firm
  const [record] = await insert({ ...house.ctx, actor: system }, customer, [
    { name: unique(), owner_id: by.by.id } as never,
  ])
  await note(house.ctx, String(id), [
    {
      ...{ row: 2, entity: 'customer', customer_id: record?.id ?? '', record_id: record?.id ?? '' },
      ...{ created: true, version: 1, version_before: 0, before: {} },
    },
  ])
  return { id, version }
}
const anImport = (status: Status = 'uploaded') =>
  ({ kind: 'own', make: newImport(status), beyond: 'imports.all' }) as const

/** A department without people, so that nobody comes to see more by what the matrix shares. */
const nobodysShare = async ({ house }: Firm) => {
  const parent_id = house.departments.top
  const { id: principal_id } = await departments.create(house.ctx, { name: unique(), parent_id })
  return { principal_id, access: 'read' } as const
}
const aMember = {
  kind: 'bound',
  make: async (firm: Firm, { id: customer_id }: Held) =>
    members.add(firm.house.ctx, { customer_id, ...(await nobodysShare(firm)) }),
} as const

const free = { kind: 'free' } as const
const due = { title: '回电', due_on: '2026-11-20' }

/** How every endpoint of the product is called; one that is missing here fails the matrix. */
export const calls: Readonly<Record<string, Call>> = {
  ...accessCalls,
  'GET /live': { ...free, query: { seconds: '0' } },
  'GET /bulk/:id': { kind: 'own', make: newBulk },
  'GET /views': { ...free, query: { entity: 'customer' } },
  'POST /views': { ...free, fill: async () => ({ body: aView() }) },
  'PATCH /views/:id': { kind: 'own', make: newView, body: { name: '改名' } },
  'DELETE /views/:id': { kind: 'own', make: newView },
  'PUT /views/own/:entity': { ...free, body: { columns: {}, default_view: null } },
  'GET /bin': free,
  'POST /bin/restoration': { ...free, body: { rows: [{ customer_id: HOME, id: HOME }] } },
  'POST /bin/erasure': {
    ...free,
    body: { rows: [{ customer_id: HOME, id: HOME }], confirm: 'erase' },
  },
  'PUT /bin/settings': { ...free, body: { kept_days: 30 } },
  ...shapingCalls,
  'GET /numbering': free,
  'PUT /numbering/:id': {
    ...free,
    make: customerNumbers,
    body: { prefix: 'C', dated: 'none', digits: 6, reset: 'never' },
  },
  'GET /regions': free,
  ...records('customers', 'name', { name: '新客户' }, { note: '改' }),
  'GET /search': { kind: 'rows', of: 'customers', asked: [{ q: common }], names: itemsBy('name') },
  ...alike(),
  ...records('interactions', 'summary', { summary: '谈' }, { summary: '改' }),
  ...records('tasks', 'title', due, { note: '改' }),
  'POST /customers/:customer_id/tasks/:id/completion': {
    kind: 'bound',
    make: ({ make }, held) => make.task(held),
  },
  'DELETE /customers/:customer_id/tasks/:id/completion': {
    kind: 'bound',
    make: ({ make }, held) => make.finished(held),
  },
  'GET /customers/:customer_id/members': { kind: 'bound' },
  'GET /customers/:customer_id/access': { kind: 'bound' },
  'POST /customers/:customer_id/members': {
    kind: 'bound',
    body: { principal_id: 10, access: 'read' },
    fill: async (firm) => ({ body: await nobodysShare(firm) }),
  },
  'PATCH /customers/:customer_id/members/:id': { ...aMember, body: { role: '协办' } },
  'DELETE /customers/:customer_id/members/:id': aMember,
  'GET /customers/:customer_id/chronicle': { kind: 'bound' },
  'GET /customers/:customer_id/events': { kind: 'bound' },
  'GET /day': { kind: 'rows', of: 'day', asked: [{}], names: planned },
  'GET /customers/:customer_id/files': { kind: 'bound' },
  'POST /files': { ...free, query: { name: 'a.txt' }, raw: Buffer.from('a') },
  'POST /customers/:customer_id/files': {
    ...{ kind: 'bound', query: { name: 'a.txt' }, raw: Buffer.from('a') },
  },
  'GET /customers/:customer_id/files/:id/content': {
    kind: 'bound',
    make: ({ make }, held) => make.file(held),
  },
  'DELETE /customers/:customer_id/files/:id': {
    kind: 'bound',
    make: ({ make }, held) => make.file(held),
  },
  'GET /imports': free,
  'POST /imports': {
    ...free,
    needs: 'customers.import',
    query: { entity: 'customer', name: 'a.csv' },
    raw: csvFile([['客户名称'], ['甲']]),
  },
  'GET /imports/:id': anImport(),
  'PATCH /imports/:id': { ...anImport(), body: { mode: 'both', key: 'name' } },
  'POST /imports/:id/check': anImport(),
  'POST /imports/:id/run': anImport('checked'),
  'POST /imports/:id/cancellation': anImport('checking'),
  'GET /exports': free,
  'GET /exports/:id': { kind: 'own', make: newExport('done'), beyond: 'exports.all' },
  'GET /exports/:id/content': { kind: 'own', make: newExport('done'), needs: 'customers.export' },
  'POST /exports/:id/cancellation': {
    ...{ kind: 'own', make: newExport('running'), beyond: 'exports.all' },
  },
  'GET /export-settings': free,
  'PUT /export-settings': {
    ...free,
    body: { large_rows: 10_000, kept_days: 7, watermark: true, watermark_words: '' },
  },
  'GET /import-settings': free,
  'PUT /import-settings': { ...free, body: { kept_days: 90 } },
  'GET /import-templates/:entity': {
    ...free,
    needs: 'customers.import',
  },
  'GET /import-mappings': free,
  'POST /import-mappings': {
    ...free,
    fill: async (firm, by) => ({
      body: { import_id: await ownImport(firm, by.by.id), name: unique() },
    }),
  },
  'PATCH /import-mappings/:id': { kind: 'own', make: newMapping, body: { name: '新名' } },
  'DELETE /import-mappings/:id': { kind: 'own', make: newMapping },
  'GET /imports/:id/undo': anImport('done'),
  'POST /imports/:id/undo': { kind: 'own', make: undoable, beyond: 'imports.all' },
  'GET /imports/:id/problems': anImport(),
  'GET /imports/:id/failures': anImport('checked'),
  'GET /imports/:id/file': anImport(),
}
