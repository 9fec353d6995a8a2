import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openClient } from '#app/testing/client.ts'
import { until } from '#app/testing/product.ts'
import { assertAccessible } from './accessible.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { signIn, story, told } from './steps.ts'

let product: Opened
let browser: Browser
let visitor: Visitor
let page: Page
before(async () => {
  product = await openProduct()
  const root = await openClient(product.address, administrator)
  for (let each = 1; each <= 60; each += 1)
    await root.make('/customers', { name: `第${each}家茶庄`, phones: [`0571-8888${1000 + each}`] })
  browser = await openBrowser()
  visitor = await visit(browser, product.address, { phone: true })
  page = visitor.page
})
after(async () => {
  await browser?.close()
  await product?.close()
})
const tell = story()
const step = (what: string, run: () => Promise<void>) => tell(() => page, what, run)

describe('a salesperson with a phone', () => {
  step('signs in, and the list is there for at most 400 kB of JavaScript', async () => {
    await signIn(page, administrator)
    await page.getByRole('navigation').getByRole('link', { name: '客户' }).tap()
    await page.getByText('第60家茶庄').first().waitFor()
    const weight = await visitor.scripts()
    assert.ok(weight > 50_000 && weight <= 400_000, `${weight} bytes`)
  })

  step('finds the customer by what is at hand', async () => {
    await page.getByRole('searchbox').fill('88881042')
    await page.getByText('第42家茶庄').first().waitFor()
    await page.getByText('第43家茶庄').first().waitFor({ state: 'hidden' })
    await page
      .getByRole('link', { name: /第42家茶庄/ })
      .first()
      .tap()
    await page.getByRole('heading', { level: 1, name: '第42家茶庄' }).waitFor()
  })

  step('calls with one press', async () => {
    const call = page.getByRole('link', { name: '电话', exact: true })
    assert.equal(await call.getAttribute('href'), 'tel:0571-88881042')
  })

  step('notes what was said and when to call again', async () => {
    await page.getByRole('button', { name: '记一笔' }).tap()
    await page.getByRole('textbox', { name: '说了什么、约了什么…' }).fill('要五斤龙井')
    await page.getByRole('button', { name: '记下' }).tap()
    await page.getByText('要五斤龙井').first().waitFor()
    await page.getByRole('button', { name: '下一步', exact: true }).tap()
    await page.getByRole('textbox', { name: '下一步做什么' }).fill('送龙井')
    await page.getByRole('group', { name: '哪一天' }).getByLabel('其他日期').fill(today())
    await page.getByRole('button', { name: '加上' }).tap()
    await page.getByRole('button', { name: '修改「送龙井」' }).waitFor()
  })

  step('sees it on the day and finishes it', async () => {
    await page.goto('/')
    const row = page.getByRole('listitem').filter({ hasText: '送龙井' })
    await row.getByRole('link', { name: '打电话 0571-88881042' }).waitFor()
    await page.getByRole('button', { name: '完成「送龙井」' }).tap()
    await row.waitFor({ state: 'hidden' })
  })
})

describe('every screen at 390 px', () => {
  for (const screen of [
    '/',
    '/customers',
    '/customers?new=1',
    '/contacts',
    '/interactions',
    '/tasks',
    '/settings/imports',
    '/settings/exports',
    '/settings',
    '/settings/access',
    '/settings/keys',
    '/settings/people',
    '/settings/departments',
    '/settings/roles',
    '/settings/fields',
    '/settings/dictionaries',
    '/settings/stages',
    '/settings/bin',
  ])
    it(
      `${screen} fits, and says what everything on it is`,
      told(
        () => page,
        async () => {
          await page.goto(screen)
          await page.getByRole('main').getByRole('heading').first().waitFor()
          await page.waitForLoadState('networkidle')
          await assertAccessible(page, screen)
        },
      ),
    )

  for (const [screen, button] of [
    ['/settings', '启用动态码'],
    ['/settings', '全部退出'],
    ['/settings/keys', '新建密钥'],
    ['/settings/roles', '新建角色'],
    ['/settings/roles', '新建岗位'],
    ['/settings/fields', '添加字段'],
    ['/settings/dictionaries', '新建字典'],
  ] as const)
    it(
      `${button} on ${screen} does so too, and gives the keyboard back`,
      told(
        () => page,
        async () => {
          await page.goto(screen)
          const opener = page.getByRole('button', { name: button, exact: true })
          await opener.focus()
          await page.keyboard.press('Enter')
          const dialog = page.getByRole('dialog')
          await dialog.waitFor()
          await assertAccessible(page, `${screen}: ${button}`)
          await page.keyboard.press('Escape')
          await dialog.waitFor({ state: 'hidden' })
          await until(
            () => opener.evaluate((element) => element === document.activeElement),
            `the keyboard to be at ${button} again`,
          )
        },
      ),
    )

  it('met no error, no breach of its policy and no other host', () => visitor.leave())
})

const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
