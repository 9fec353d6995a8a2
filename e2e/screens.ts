import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { embeddedPlace, until } from '#app/testing/product.ts'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import { openBrowser, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { signIn } from './steps.ts'
import { companies } from './tables.ts'

// `npm run screens -- <folder>`: every screen with the demo data, wide and on a phone, light and dark.
const folder = resolve(process.argv[2] ?? 'screens')
const looks = [
  { name: 'wide-light' },
  { name: 'wide-dark', dark: true },
  { name: 'phone-light', phone: true },
  { name: 'phone-dark', phone: true, dark: true },
]

const main = async () => {
  await mkdir(folder, { recursive: true })
  const browser = await openBrowser()
  const fresh = await openProduct({ place: embeddedPlace(), fresh: true })
  for (const look of looks) {
    const { page, context } = await visit(browser, fresh.address, look)
    await page.getByRole('heading').first().waitFor()
    await shoot(page, 'setup', look.name)
    await context.close()
  }
  await fresh.close()
  const product = await openProduct({
    place: embeddedPlace(),
    settings: { ZHIKE_DEMO: '1', ZHIKE_TEMPLATE: process.argv[3] ?? 'auto-dealer' },
  })
  const root = await openClient(product.address, administrator)
  const screens = await prepare(root)
  for (const look of looks) await goThrough(browser, product, look, screens)
  await product.close()
  await browser.close()
  console.log(folder)
}

type Screen = { name: string; path: string; act?: (page: Page) => Promise<unknown> }
type Look = (typeof looks)[number]

/** Waits for the demo data, imports a list, and tells which screens there are. */
const prepare = async (root: Client): Promise<Screen[]> => {
  const all = async () => {
    const { count }: { count: number } = await root.get('/customers/count?exact=true')
    return count
  }
  await until(async () => (await all()) >= 300, 'the demo data', 120)
  const busy: { items: { id: string }[] } = await root.get(
    '/customers?limit=1&sort=-last_contact_at',
  )
  const customer = busy.items[0]?.id ?? ''
  const [settings, checked] = [await table(root, 40), await table(root, 600)]
  await root.call('POST', `/imports/${checked}/check`)
  await until(async () => {
    const { status }: ImportAnswer = await root.get(`/imports/${checked}`)
    return status === 'checked'
  }, 'the check')
  const press = (name: string) => (page: Page) =>
    page.getByRole('button', { name, exact: true }).first().click()
  const search = async (page: Page) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('wang')
  }
  return [
    { name: 'day', path: '/' },
    { name: 'customers', path: '/customers' },
    { name: 'customers-none', path: '/customers?q=xyzxyz' },
    { name: 'palette', path: '/customers', act: search },
    { name: 'drawer', path: `/customers?open=${customer}` },
    { name: 'customer', path: `/customers/${customer}` },
    { name: 'customer-edit', path: `/customers/${customer}`, act: press('修改') },
    { name: 'customer-new', path: '/customers?new=1' },
    { name: 'customer-missing', path: '/customers/01980000-0000-7000-8000-000000000000' },
    { name: 'contacts', path: '/contacts' },
    { name: 'interactions', path: '/interactions' },
    { name: 'tasks', path: '/tasks' },
    { name: 'imports', path: '/settings/imports' },
    { name: 'exports', path: '/settings/exports' },
    { name: 'import', path: `/settings/imports/${settings}` },
    { name: 'import-checked', path: `/settings/imports/${checked}` },
    ...[
      ...['', '/access', '/keys', '/people', '/departments', '/roles'],
      ...['/fields', '/dictionaries', '/stages', '/bin'],
    ].map((path) => ({
      name: `settings${path.replace('/', '-')}`,
      path: `/settings${path}`,
    })),
    { name: 'nowhere', path: '/nowhere' },
  ]
}

const table = async (root: Client, rows: number): Promise<string> => {
  const { name, buffer } = await companies(rows)
  const path = `/imports?entity=customer&name=${encodeURIComponent(name)}`
  const { body } = await root.call('POST', path, { raw: Uint8Array.from(buffer) })
  const { id }: ImportAnswer = body
  return id
}

const goThrough = async (
  browser: Browser,
  product: Opened,
  look: Look,
  screens: readonly Screen[],
) => {
  const { page, context, faults } = await visit(browser, product.address, look)
  await page.getByLabel('用户名').waitFor()
  await shoot(page, 'sign-in', look.name)
  await signIn(page, administrator)
  for (const { name, path, act } of screens) {
    await page.goto(path)
    await page.getByRole('main').getByRole('heading').first().waitFor()
    await page.waitForLoadState('networkidle')
    await act?.(page)
    await shoot(page, name, look.name)
  }
  for (const fault of faults) console.error(`${look.name}: ${fault}`)
  await context.close()
}

const shoot = async (page: Page, name: string, look: string) => {
  await page.waitForLoadState('networkidle')
  // The last of what fades in or slides takes 180 ms.
  await page.waitForTimeout(300)
  await page.screenshot({ path: join(folder, `${name}-${look}.png`), caret: 'hide' })
}

await main()
