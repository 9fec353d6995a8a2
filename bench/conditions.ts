import { type RawBuilder, sql } from 'kysely'
import { type Caller, openTestHouse } from '#app/testing/testHouse.ts'
import type { Condition } from '#platform/conditions/condition.ts'
import { fill } from './fill.ts'
import { fillChildren } from './fillChildren.ts'

/**
 * `node bench/conditions.ts 200000`: conditions about what is related, as a person who sees one customer
 * in a hundred and as one who sees all, through the whole server, each beside the barest SQL that finds
 * the same rows. Medians in milliseconds; read the ratios, the machine is not quiet.
 */
const amount = Number(process.argv[2] ?? 200_000)
const rounds = 7

const house = await openTestHouse()
const { db, ann, root, mei, departments } = house
await fill(db, {
  count: amount,
  owners: [
    { id: ann.id, department: departments.north, share: 0.01 },
    { id: mei.id, department: departments.top, share: 0.49 },
    { id: root.id, department: departments.south, share: 0.5 },
  ],
})
await fillChildren(db)

const conditions: [string, Condition, RawBuilder<unknown>][] = [
  [
    'no interaction in 30 days',
    { related: 'interactions', is: 'none', where: { field: 'at', is: 'in_last_days', value: 30 } },
    sql`not exists (select 1 from interaction i where i.customer_id = c.id and i.deleted_at is null
      and i.at >= current_date - 30)`,
  ],
  [
    'the same by its fact',
    { field: 'last_contact_at', is: 'not_in_last_days', value: 30 },
    sql`(c.last_contact_at is null or c.last_contact_at < current_date - 30)`,
  ],
  [
    'has an open task that is late',
    {
      ...{ related: 'tasks', is: 'some' },
      where: {
        all: [
          { field: 'done_at', is: 'empty' },
          { field: 'due_on', is: 'not_in_last_days', value: 0 },
        ],
      },
    },
    sql`exists (select 1 from task i where i.customer_id = c.id and i.deleted_at is null
      and i.done_at is null and i.due_on < current_date)`,
  ],
  [
    'at least 2 contacts',
    { related: 'contacts', is: 'at_least', count: 2 },
    sql`(select count(*) from contact i where i.customer_id = c.id and i.deleted_at is null) >= 2`,
  ],
  [
    'a contact has a birthday within 7 days',
    {
      ...{ related: 'contacts', is: 'some' },
      where: { field: 'birth_date', is: 'anniversary_in_days', value: 7 },
    },
    sql`exists (select 1 from contact i where i.customer_id = c.id and i.deleted_at is null
      and to_char(i.birth_date, 'MMDD') = any(array(select to_char(current_date + n, 'MMDD') from generate_series(0, 7) n)))`,
  ],
  [
    'either, in brackets',
    {
      any: [
        { related: 'tasks', is: 'some', where: { field: 'done_at', is: 'empty' } },
        { related: 'contacts', is: 'at_least', count: 2 },
      ],
    },
    sql`(exists (select 1 from task i where i.customer_id = c.id and i.deleted_at is null and i.done_at is null)
      or (select count(*) from contact i where i.customer_id = c.id and i.deleted_at is null) >= 2)`,
  ],
]

const median = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
}

const asked = (by: Caller, path: string, query: Record<string, unknown>) => async () => {
  const { status, raw } = await by.call('GET', path, { query })
  if (status !== 200) throw new Error(raw.toString())
}
const seen = (mine: boolean) =>
  sql`c.grants && ${[mine ? ann.id : 1]}::int[] and c.deleted_at is null`

console.log('| what | Zhike ms | bare SQL ms | ratio |\n|---|--:|--:|--:|')
for (const [name, filter, where] of conditions)
  for (const [by, mine, whose] of [
    [ann, true, 'own 1 %'],
    [root, false, 'everything'],
  ] as const) {
    const page = sql`select * from customer c where ${seen(mine)} and ${where}
      order by updated_at desc, id desc limit 51`
    const count = sql`select count(*) from (select 1 from customer c where ${seen(mine)} and ${where} limit 1001) n`
    for (const [what, path, bare] of [
      ['list', '/customers', page],
      ['count', '/customers/count', count],
    ] as const) {
      const ours = await median(asked(by, path, { filter }))
      const theirs = await median(() => bare.execute(db))
      const cells = [ours.toFixed(1), theirs.toFixed(1), (ours / theirs).toFixed(1)]
      console.log(`| ${what}, ${whose}: ${name} | ${cells.join(' | ')} |`)
    }
  }
await house.close()
