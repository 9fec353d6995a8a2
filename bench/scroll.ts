import { availableParallelism } from 'node:os'
import { type RawBuilder, sql } from 'kysely'
import type { Page } from 'playwright-core'
import { openTestHouse } from '#app/testing/testHouse.ts'
import { openDatabase } from '#platform/database/database.ts'
import { openBrowser, visit } from '../e2e/browser.ts'
import { dragTo, drawn, type Filled, heldRows, openFilled, requests } from '../e2e/longList.ts'
import { administrator } from '../e2e/product.ts'
import { signIn } from '../e2e/steps.ts'
import { fill } from './fill.ts'
import { report } from './report.ts'

/**
 * `node bench/scroll.ts 100000 [--write]`: Chromium goes through the list of so many customers by wheel,
 * bar and keys, in turns with the same page of 100 customers. Milliseconds between frames; read the two
 * beside each other, the machine is not quiet. `--write` puts the tables into docs/bench.md.
 */
const count = Number(process.argv[2] ?? 100_000)
const rounds = 4

const browser = await openBrowser()
const open = async (product: Filled) => {
  const { page } = await visit(browser, product.address)
  await signIn(page, administrator)
  await page.goto('/customers?sort=name')
  await page.getByText('条，已到底').waitFor()
  return page
}
const product = await openFilled(count)
const small = await openFilled(100)
const [long, short] = [await open(product), await open(small)]

/** Milliseconds between the frames that the browser draws while something is done. */
const frames = async (page: Page, work: () => Promise<unknown>): Promise<number[]> => {
  await page.evaluate(() => {
    const kept: number[] = []
    let before = performance.now()
    const frame = (now: number) => {
      kept.push(now - before)
      before = now
      if (!document.documentElement.hasAttribute('data-measured')) requestAnimationFrame(frame)
      else document.documentElement.setAttribute('data-measured', JSON.stringify(kept.slice(1)))
    }
    document.documentElement.removeAttribute('data-measured')
    requestAnimationFrame(frame)
  })
  await work()
  return page.evaluate(async () => {
    document.documentElement.setAttribute('data-measured', '')
    for (;;) {
      await new Promise(requestAnimationFrame)
      const told = document.documentElement.getAttribute('data-measured')
      if (told) return JSON.parse(told)
    }
  })
}

const settled = async (page: Page) => {
  while ((await drawn(page)).waiting > 0) await page.waitForTimeout(5)
}
const press = async (page: Page, key: string, times: number) => {
  for (let at = 0; at < times; at += 1) await page.keyboard.press(key)
  await settled(page)
}
/** 100 rows have an end after a few turns of the wheel; there it goes back and forth. */
const wheel = async (page: Page, by: number) => {
  await page.mouse.move(700, 500)
  for (let at = 0; at < 30; at += 1) {
    const way = page === short && Math.floor(at / 5) % 2 === 1 ? -1 : 1
    await page.mouse.wheel(0, by * way)
  }
  await settled(page)
}
const ways: readonly [string, (page: Page, round: number) => Promise<unknown>][] = [
  ['wheel down, 30 × 400 px', (page) => wheel(page, 400)],
  ['wheel up', (page) => wheel(page, -400)],
  [
    'the bar to five places',
    async (page, round) => {
      for (const share of [0.5, 0.9, 0.13, 0.71, 0.3]) {
        await dragTo(page, (share + round / 17) % 1)
        await page.waitForTimeout(100)
        await settled(page)
      }
    },
  ],
  [
    'End, Home',
    async (page) => {
      await press(page, 'j', 1)
      await press(page, 'End', 1)
      await press(page, 'Home', 1)
    },
  ],
  [
    'PageDown, PageUp, four times each',
    async (page) => {
      await press(page, 'PageDown', 4)
      await press(page, 'PageUp', 4)
    },
  ],
  ['j, twenty times', (page) => press(page, 'j', 20)],
  ['k, twenty times', (page) => press(page, 'k', 20)],
]

type Kept = { long: number[]; short: number[]; rows: number; asked: number; held: number }
const kept = new Map<string, Kept>()
for (let round = 0; round < rounds; round += 1)
  for (const [name, way] of ways) {
    const each = kept.get(name) ?? { long: [], short: [], rows: 0, asked: 0, held: 0 }
    kept.set(name, each)
    await long.bringToFront()
    const asked = await requests(long, async () => {
      each.long.push(...(await frames(long, () => way(long, round))))
    })
    each.asked = Math.max(each.asked, asked.length)
    each.rows = Math.max(each.rows, (await drawn(long)).rows)
    each.held = Math.max(each.held, await heldRows(long))
    await short.bringToFront()
    each.short.push(...(await frames(short, () => way(short, round))))
  }

const at = (times: readonly number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? 0
const both = ({ long: ours, short: theirs }: Kept, share: number) => {
  const [a, b] = [at(ours, share), at(theirs, share)]
  return `${a.toFixed(1)} / ${b.toFixed(1)} = ${(a / b).toFixed(2)}`
}
const scrolling = [
  '| way | median ms | 95 % ms | longest ms | rows drawn | rows held | requests |',
  '|---|--:|--:|--:|--:|--:|--:|',
  ...[...kept].map(
    ([name, each]) =>
      `| ${name} | ${both(each, 0.5)} | ${both(each, 0.95)} | ${both(each, 1)} | ${each.rows} | ${each.held} | ${each.asked} |`,
  ),
]
await browser.close()

/** What one answer takes of the server, beside a bare offset to the same place. */
const database = openDatabase(product.place.databaseUrl, { max: 1 })
const stops: { total: number; after: string[] } = await product.root.get(
  '/customers/stops?sort=name',
)
const bare = (offset: number) => (): Promise<unknown> =>
  sql`select * from customer where grants && '{1}'::int[] and deleted_at is null
    order by name_key, id limit 51 offset ${offset}`.execute(database.db)
const behind = (place: number) => {
  const passed = Math.floor(place / 1000)
  const stop = stops.after[passed - 1]
  const after = stop ? `&after=${encodeURIComponent(stop)}` : ''
  return () => product.root.get(`/customers?sort=name&limit=50${after}&skip=${place % 1000}`)
}
const everyPlace: RawBuilder<unknown> = sql`select count(*) from (select row_number() over
  (order by name_key, id) from customer where grants && '{1}'::int[] and deleted_at is null) c`
const median = async (work: () => Promise<unknown>) => {
  const times: number[] = []
  for (let round = 0; round < 9; round += 1) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return at(times, 0.5)
}
const jumps: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
  ['page at 1 %', behind(count * 0.01), bare(count * 0.01)],
  ['page at half', behind(count * 0.5 - 50), bare(count * 0.5 - 50)],
  ['last page', behind(count - 50), bare(count - 50)],
  [
    'stops, once for a list',
    () => product.root.get('/customers/stops?sort=name'),
    () => everyPlace.execute(database.db),
  ],
]
const places = ['| answer | Zhike ms | bare SQL with offset ms | ratio |', '|---|--:|--:|--:|']
for (const [name, ours, theirs] of jumps) {
  const [a, b] = [await median(ours), await median(theirs)]
  places.push(`| ${name} | ${a.toFixed(1)} | ${b.toFixed(1)} | ${(a / b).toFixed(2)} |`)
}
await database.close()
await Promise.all([product.close(), small.close()])

const house = await openTestHouse()
const { mei, departments } = house
await fill(house.db, {
  count: 2500,
  owners: [{ id: mei.id, department: departments.top, share: 1 }],
})
const statements = async (query: Record<string, unknown>, path = '') => {
  const { sql: made } = await house.statements(() =>
    mei.call('GET', `/customers${path}`, { query }),
  )
  return made.length
}
const counted = {
  'first page': await statements({ sort: 'name', limit: '50' }),
  'page of a jump': await statements({ sort: 'name', limit: '50', skip: '950' }),
  stops: await statements({ sort: 'name' }, '/stops'),
  count: await statements({}, '/count'),
}
await house.close()

const about = `${count.toLocaleString('en')} customers in headless Chromium at 1440 × 900, against the same page of 100 customers in the same run, ${rounds} rounds in turns, ${availableParallelism()} shared cores. Times between frames as: long list / 100 rows = ratio.`
const text = `## A long list in the browser

Written by \`node bench/scroll.ts ${count} --write\`. ${about}

${scrolling.join('\n')}

The last column counts every request of rows, count and stops for the whole line, jumps together.

${places.join('\n')}

SQL statements of one request, sign-in included: ${Object.entries(counted)
  .map(([name, each]) => `${name} ${each}`)
  .join(', ')}.`
console.log(text)
if (process.argv.includes('--write')) await report('scroll', text)
