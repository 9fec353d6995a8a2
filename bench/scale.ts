import { sql } from 'kysely'
import { type Caller, openTestHouse } from '#app/testing/testHouse.ts'
import { fill } from './fill.ts'

/**
 * `npm run bench -- 200000`: lists, filters, searches and creates through the whole server as a person
 * with a narrow scope and as one who sees everything, each beside the barest SQL that fetches the same
 * rows in the same run. Medians in milliseconds; read the ratios, the machine is not quiet.
 */
const count = Number(process.argv[2] ?? 200_000)
const rounds = 15

const house = await openTestHouse()
const { db, ann, mei, root, departments } = house
const seconds = await fill(db, {
  count,
  owners: [
    { id: ann.id, department: departments.north, share: 0.01 },
    { id: mei.id, department: departments.top, share: 0.49 },
    { id: root.id, department: departments.south, share: 0.5 },
  ],
})
console.log(`${count} customers filled in ${seconds.toFixed(1)} s\n`)

const median = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
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

const filter = {
  all: [
    { field: 'stage', is: 'eq', value: 'active' },
    { field: 'last_contact_at', is: 'not_in_last_days', value: 30 },
  ],
}
const filtered = sql`stage = 'active' and (last_contact_at is null or last_contact_at < now() - interval '30 days')`

const measures: [string, () => Promise<unknown>, (() => Promise<unknown>) | undefined][] = [
  ['list, own 1 %', get(ann, '/customers', { limit: '50' }), bare(true, sql`true`)],
  ['list, everything', get(root, '/customers', { limit: '50' }), bare(false, sql`true`)],
  [
    'by name, own',
    get(ann, '/customers', { limit: '50', sort: 'name' }),
    bare(true, sql`true`, sql`name_key, id`),
  ],
  [
    'by name, everything',
    get(root, '/customers', { limit: '50', sort: 'name' }),
    bare(false, sql`true`, sql`name_key, id`),
  ],
  ['filter, own', get(ann, '/customers', { limit: '50', filter }), bare(true, filtered)],
  ['filter, everything', get(root, '/customers', { limit: '50', filter }), bare(false, filtered)],
  [
    'search 重庆, own',
    get(ann, '/customers', { limit: '50', q: '重庆' }),
    bare(true, sql`name like '%重庆%'`),
  ],
  [
    'search 重庆, everything',
    get(root, '/customers', { limit: '50', q: '重庆' }),
    bare(false, sql`name like '%重庆%'`),
  ],
  [
    'search 有限公司, everything',
    get(root, '/customers', { limit: '50', q: '有限公司' }),
    bare(false, sql`name like '%有限公司%'`),
  ],
  ['search 4 digits, everything', get(root, '/customers', { limit: '50', q: '7654' }), undefined],
  ['search pinyin, own', get(ann, '/customers', { limit: '50', q: 'changsha' }), undefined],
  [
    'search nothing, everything',
    get(root, '/customers', { limit: '50', q: '魑魅魍魉' }),
    undefined,
  ],
  ['count, own', get(ann, '/customers/count', {}), undefined],
  ['count, everything', get(root, '/customers/count', {}), undefined],
  [
    'create',
    async () => {
      const { status } = await ann.call('POST', '/customers', {
        body: { name: '长沙新客户有限公司', phones: ['13800138000'] },
      })
      if (status !== 201) throw new Error(String(status))
    },
    () => sql`insert into setting (key, value) values (gen_random_uuid()::text, '1')`.execute(db),
  ],
]

console.log('| what | Zhike ms | bare SQL ms | ratio |\n|---|--:|--:|--:|')
for (const [name, work, baseline] of measures) {
  const ours = await median(work)
  const theirs = baseline && (await median(baseline))
  const cells = theirs === undefined ? ['', ''] : [theirs.toFixed(1), (ours / theirs).toFixed(1)]
  console.log(`| ${name} | ${ours.toFixed(1)} | ${cells.join(' | ')} |`)
}
await house.close()
