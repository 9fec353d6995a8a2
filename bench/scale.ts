import { availableParallelism } from 'node:os'
import { sql } from 'kysely'
import { csvFile, importing } from '#app/testing/importing.ts'
import { type Caller, openTestHouse } from '#app/testing/testHouse.ts'
import { fill, someCustomers } from './fill.ts'
import { report } from './report.ts'

/**
 * `npm run bench -- 200000 [--write]`: lists, filters, searches, creates and an import through the
 * whole server as a person with a narrow scope and as one who sees everything, each beside the barest
 * SQL for the same rows, in turns within one run. Medians in milliseconds; read the ratios, the
 * machine is not quiet. `--write` puts the table into docs/bench.md;
 * `--only import` measures the lines whose name has that word, and writes nothing.
 */
const count = Number(process.argv[2] ?? 200_000)
const onlyAt = process.argv.indexOf('--only')
const only = onlyAt < 0 ? '' : (process.argv[onlyAt + 1] ?? '')
const rounds = 15
const importRounds = 3
const importRows = 5000

const house = await openTestHouse()
const { db, ann, bob, mei, root, departments } = house
const seconds = await fill(db, {
  count,
  owners: [
    { id: ann.id, department: departments.north, share: 0.01 },
    { id: mei.id, department: departments.top, share: 0.49 },
    { id: root.id, department: departments.south, share: 0.5 },
  ],
})

type Work = (round: number) => Promise<unknown>

const timed = async (work: Work, round: number) => {
  const started = performance.now()
  await work(round)
  return performance.now() - started
}

/** Ours and theirs in turns, so that a noisy minute falls on both. */
const medians = async (ours: Work, theirs: Work | undefined, times = rounds) => {
  const kept: [number[], number[]] = [[], []]
  for (let round = 0; round < times; round++) {
    kept[0].push(await timed(ours, round))
    if (theirs) kept[1].push(await timed(theirs, round))
  }
  const middle = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]
  return { ours: middle(kept[0]) ?? 0, theirs: middle(kept[1]) }
}

const get = (by: Caller, path: string, query: Record<string, unknown>) => async () => {
  const { status, body } = await by.call('GET', path, { query })
  if (status !== 200) throw new Error(JSON.stringify(body))
}

const bare =
  (mine: boolean, where: ReturnType<typeof sql>, order = sql`updated_at desc, id desc`) =>
  () =>
    sql`select * from customer where grants && ${[mine ? ann.id : 1]}::int[] and ${where} order by ${order} limit 51`.execute(
      db,
    )

/** What a capped count has to look at: no more than one row above the cap. */
const bareCount = (mine: boolean) => () =>
  sql`select count(*) from (select 1 from customer where grants && ${[mine ? ann.id : 1]}::int[] limit 1001) c`.execute(
    db,
  )

const filter = {
  all: [
    { field: 'stage', is: 'eq', value: 'active' },
    { field: 'last_contact_at', is: 'not_in_last_days', value: 30 },
  ],
}
const filtered = sql`stage = 'active' and (last_contact_at is null or last_contact_at < now() - interval '30 days')`
const named = (part: string) => sql`name like ${`%${part}%`}`
const byName = sql`name_key, id`

const list = (by: Caller, query: Record<string, unknown> = {}) =>
  get(by, '/customers', { limit: '50', ...query })

const create: Work = async () => {
  const { status } = await ann.call('POST', '/customers', {
    body: { name: '长沙新客户有限公司', phones: ['13800138000'] },
  })
  if (status !== 201) throw new Error(String(status))
}

const owner = { id: ann.id, department: departments.north, share: 1 }
const insertRows = (rows: readonly unknown[]) =>
  sql`insert into customer select * from jsonb_populate_recordset(null::customer, ${JSON.stringify(rows)}::jsonb)`.execute(
    db,
  )
let next = count
const bareInsert = (size: number) => async () => {
  await insertRows(someCustomers(next, size, [owner]))
  next += size
}

const importAsAnn: Work = async (round) => {
  const rows = someCustomers(1_000_000 + round * importRows, importRows, [owner])
  const table = rows.map(({ name, phones, number }) => [`${name}${number}`, phones[0] ?? ''])
  const done = await importing(house, ann).whole(
    'customers.csv',
    csvFile([['客户名称', '手机'], ...table]),
  )
  if (done.status !== 'done') throw new Error(JSON.stringify(done))
}

const tagged = (tag: string) => ({ filter: { field: 'tags', is: 'has', value: tag } })

/** Twice fifty customers alike but for two encrypted fields, which the reader sees masked. */
const fillEncrypted = async () => {
  for (const [name, kind] of [
    ['x_id', 'idNumber'],
    ['x_bank', 'bankAccount'],
  ]) {
    const definition = { name, kind, label: { zh: name, en: '' } }
    await root.call('POST', '/fields', { body: { entity: 'customer', definition } })
  }
  for (let each = 0; each < 50; each++) {
    const alike = { name: `加密${each}`, phones: ['13800138000'] }
    const more = { x_id: '11010519491231002X', x_bank: `62220212345678901${each + 10}` }
    for (const body of [
      { ...alike, ...more, tags: ['加密'] },
      { ...alike, tags: ['不加'] },
    ])
      if ((await ann.call('POST', '/customers', { body })).status !== 201)
        throw new Error('not made')
  }
}
await fillEncrypted()

const measures: [string, Work, Work | undefined, number?][] = [
  ['list, own 1 %', list(ann), bare(true, sql`true`)],
  ['list, everything', list(root), bare(false, sql`true`)],
  ['by name, own', list(ann, { sort: 'name' }), bare(true, sql`true`, byName)],
  ['by name, everything', list(root, { sort: 'name' }), bare(false, sql`true`, byName)],
  ['filter, own', list(ann, { filter }), bare(true, filtered)],
  ['filter, everything', list(root, { filter }), bare(false, filtered)],
  ['search 重庆, own', list(ann, { q: '重庆' }), bare(true, named('重庆'))],
  ['search 重庆, everything', list(root, { q: '重庆' }), bare(false, named('重庆'))],
  ['search 有限公司, everything', list(root, { q: '有限公司' }), bare(false, named('有限公司'))],
  ['search four digits, everything', list(root, { q: '7654' }), undefined],
  ['search a whole telephone, everything', list(root, { q: '13800138000' }), undefined],
  ['search initials, everything', list(root, { q: 'csyg' }), undefined],
  ['search two words, everything', list(root, { q: '重庆 汽车' }), undefined],
  ['search pinyin, own', list(ann, { q: 'changsha' }), undefined],
  ['search nothing, everything', list(root, { q: '魑魅魍魉' }), bare(false, named('魑魅魍魉'))],
  ['count, own', get(ann, '/customers/count', {}), bareCount(true)],
  ['count, everything', get(root, '/customers/count', {}), bareCount(false)],
  [
    'list of 50, two encrypted masked fields (beside the same without)',
    list(bob, tagged('加密')),
    list(bob, tagged('不加')),
  ],
  ['create', create, bareInsert(1)],
  [`import ${importRows} rows: check and run`, importAsAnn, bareInsert(importRows), importRounds],
]

const lines = ['| what | Zhike ms | bare SQL ms | ratio |', '|---|--:|--:|--:|']
for (const [name, work, baseline, times] of measures) {
  if (!name.includes(only)) continue
  const { ours, theirs } = await medians(work, baseline, times)
  const cells = theirs === undefined ? ['', ''] : [theirs.toFixed(1), (ours / theirs).toFixed(1)]
  lines.push(`| ${name} | ${ours.toFixed(1)} | ${cells.join(' | ')} |`)
}
const { rows: versions } = await sql<{ version: string }>`select version()`.execute(db)
const version = /\d+(\.\d+)?/.exec(versions[0]?.version ?? '')?.[0]
const about = `${count.toLocaleString('en')} customers, of which the narrow person sees 1 %; filled in ${seconds.toFixed(0)} s. PostgreSQL ${version}, Node ${process.versions.node}, ${availableParallelism()} shared cores. Medians of ${rounds} runs (import ${importRounds}), ours and bare SQL in turns.`
console.log(`${about}\n\n${lines.join('\n')}`)
if (process.argv.includes('--write') && only === '')
  await report(
    'scale',
    `Written by \`npm run bench -- ${count} --write\`. The times are one machine's on one day; the ratio to the\nbarest SQL for the same rows in the same run is what can be compared.\n\n${about}\n\n${lines.join('\n')}\n\nOf the list with encrypted fields the second column is the same list without a value in them.\n\nA ratio below 1 is where a plan or an index of ours beats the plain statement.`,
  )
await house.close()
