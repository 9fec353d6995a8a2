import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { until } from '#app/testing/product.ts'
import { assertAccessible } from './accessible.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { focused, signIn, story, told } from './steps.ts'

let product: Opened
let browser: Browser
let visitor: Visitor
let page: Page
let customer = ''
let person = 0
let root: Client
before(async () => {
  product = await openProduct()
  root = await openClient(product.address, administrator)
  for (const name of ['一品茶庄', '二泉酒坊', '三友书店']) {
    const { id }: { id: string } = await root.make('/customers', { name, phones: ['13800138000'] })
    customer = `/customers/${id}`
  }
  const me: { id: number } = await root.get('/me')
  person = me.id
  browser = await openBrowser()
  visitor = await visit(browser, product.address)
  page = visitor.page
  await signIn(page, administrator)
})
after(async () => {
  await browser?.close()
  await product?.close()
})
const tell = story()
const step = (what: string, run: () => Promise<void>) => tell(() => page, what, run)

describe('a day by keyboard alone', () => {
  step('Ctrl+K finds a customer and opens it', async () => {
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: '搜索与命令' })
    await palette.waitFor()
    await page.keyboard.type('erquan')
    await palette.getByRole('option', { name: '二泉酒坊' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '二泉酒坊' }).waitFor()
    await palette.waitFor({ state: 'hidden' })
  })

  step('/ opens the same field, Tab stays inside, Esc closes it', async () => {
    await page.keyboard.press('/')
    const palette = page.getByRole('dialog', { name: '搜索与命令' })
    await palette.waitFor()
    for (let times = 0; times < 5; times += 1) {
      await page.keyboard.press('Tab')
      assert.ok(await keeps(palette), 'focus stays in the palette')
    }
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'hidden' })
  })

  step('a command takes one to the list', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('kehu')
    await page.getByRole('combobox', { name: '搜索或输入命令' }).waitFor()
    await page.getByRole('option', { name: '客户', exact: true }).click()
    await page.getByRole('table').waitFor()
    await page.getByRole('link', { name: '三友书店' }).waitFor()
  })

  step('j and k go through the rows, with the place seen; Enter opens, Esc closes', async () => {
    const moved = (from: string | undefined) =>
      until(async () => {
        const text = (await focused(page).count()) > 0 ? await focusedText(page) : undefined
        return text !== from && text
      }, 'the focus to move')
    await page.keyboard.press('j')
    const first = await moved(undefined)
    await page.keyboard.press('j')
    const second = await moved(first)
    await page.keyboard.press('k')
    assert.equal(await moved(second), first)
    assert.ok(await isSeen(page), 'the focus is seen')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog', { name: /^客户 / })
    await drawer.getByText(/^第 1 位/).waitFor()
    await page.keyboard.press('j')
    await page.getByRole('dialog', { name: `客户 ${second}` }).waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    await has(page.getByRole('link', { name: second }))
  })

  step('a form warns before it forgets, and Ctrl+Enter saves it', async () => {
    await page.getByRole('button', { name: '新建客户' }).focus()
    await page.keyboard.press('Enter')
    const form = page.getByRole('dialog', { name: '新建客户' })
    await form.getByLabel('名称').fill('四季花店')
    await page.keyboard.press('Escape')
    const question = page.getByRole('dialog', { name: '有修改还没保存' })
    await question.waitFor()
    await page.keyboard.press('Tab')
    assert.ok(await keeps(question), 'focus stays in the question')
    await question.getByRole('button', { name: '继续修改' }).focus()
    await page.keyboard.press('Enter')
    await question.waitFor({ state: 'hidden' })
    assert.equal(await form.getByLabel('名称').inputValue(), '四季花店')
    await form.getByLabel('名称').focus()
    await page.keyboard.press('Control+Enter')
    await form.waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: '四季花店' }).first().waitFor()
  })

  step('whoever goes elsewhere with something typed is asked, and stays if they like', async () => {
    await page.getByRole('button', { name: '新建客户' }).click()
    const form = page.getByRole('dialog', { name: '新建客户' })
    await form.getByLabel('名称').fill('五福糕点')
    await page.goBack()
    const question = page.getByRole('dialog', { name: '有修改还没保存' })
    await question.getByRole('button', { name: '继续修改' }).click()
    await question.waitFor({ state: 'hidden' })
    assert.equal(await form.getByLabel('名称').inputValue(), '五福糕点')
    await page.goBack()
    await question.getByRole('button', { name: '放弃修改' }).click()
    await form.waitFor({ state: 'hidden' })
  })

  step('? tells the keys', async () => {
    await page.goto('/customers')
    await page.getByRole('table').waitFor()
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: '键盘' })
    await help.getByText('保存并向下（Shift ↵ 向上）').waitFor()
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
  })

  step('a column that is ticked or moved takes the keyboard along', async () => {
    await page.getByRole('button', { name: '列', exact: true }).focus()
    await page.keyboard.press('Enter')
    const tick = page.getByRole('checkbox', { name: '标签', exact: true })
    for (const shown of [false, true]) {
      await tick.focus()
      await page.keyboard.press('Space')
      await until(async () => (await tick.isChecked()) === shown, 'the tick')
      await has(tick)
    }
    const up = page.getByRole('button', { name: '标签上移' })
    await up.focus()
    await page.keyboard.press('Enter')
    await has(up)
    await page.getByRole('button', { name: '恢复默认' }).click()
    await page.keyboard.press('Escape')
  })

  step('whoever deletes what is open is in the row that takes its place', async () => {
    for (const name of ['七里花店', '八角花店']) await root.make('/customers', { name })
    const row = (name: string) => page.getByRole('link', { name, exact: true })
    const remove = async (name: string) => {
      await page.keyboard.press('Enter')
      const drawer = page.getByRole('dialog', { name: `客户 ${name}` })
      await drawer.getByRole('button', { name: '更多', exact: true }).press('Enter')
      await page.getByRole('menuitem', { name: '删除' }).press('Enter')
      const question = page.getByRole('dialog', { name: `删除 ${name}？` })
      await question.getByRole('button', { name: /^删\s?除$/ }).press('Enter')
      await drawer.waitFor({ state: 'hidden' })
    }
    await page.goto('/customers?q=花店&sort=name')
    await row('四季花店').waitFor()
    for (const name of ['八角花店', '七里花店']) {
      await page.keyboard.press('j')
      await has(row(name))
    }
    await remove('七里花店')
    await has(row('四季花店'))
    await remove('四季花店')
    await has(row('八角花店'))
    await remove('八角花店')
    await has(page.getByRole('main'))
  })

  step('the last API key that goes, and the first that comes, leave it at the button', async () => {
    const add = page.getByRole('button', { name: '新建密钥' })
    await page.goto('/settings/keys')
    await page.getByRole('button', { name: /^作\s?废$/ }).press('Enter')
    const question = page.getByRole('dialog', { name: '作废「test」？' })
    await question.getByRole('button', { name: /^作\s?废$/ }).press('Enter')
    await page.getByText('还没有密钥').waitFor()
    await has(add)
    await page.keyboard.press('Enter')
    const form = page.getByRole('dialog', { name: '新建密钥' })
    await has(form.getByLabel('用途'))
    await page.keyboard.type('对账')
    await page.keyboard.press('Enter')
    const made = page.getByRole('dialog', { name: '密钥已建好' })
    await has(made.getByRole('button', { name: /复\s?制/ }))
    await made.getByRole('button', { name: '已存好，关闭' }).press('Enter')
    await made.waitFor({ state: 'hidden' })
    await page.getByText('对账').waitFor()
    await has(add)
  })

  step('the first Tab offers the way past the navigation', async () => {
    await page.goto('/customers')
    await page.getByRole('table').waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await focusedText(page), '跳到正文')
    assert.ok(await isSeen(page), 'the focus is seen')
  })
})

describe('every screen', () => {
  const screens = [
    ...['/', '/customers', '/customers?new=1', '/contacts', '/interactions', '/tasks'],
    ...[
      '/settings/imports',
      '/settings/exports',
      '/settings',
      '/settings/access',
      '/settings/keys',
      '/settings/people',
      'a person',
      '/settings/departments',
      '/settings/roles',
      '/settings/fields',
      '/settings/dictionaries',
      '/settings/stages',
      '/settings/bin',
      'a customer',
      '/nowhere',
    ],
  ]
  const records = new Map([
    ['a customer', () => customer],
    ['a person', () => `/settings/people/${person}/access`],
  ])
  for (const screen of screens)
    it(
      `${screen} says what everything on it is`,
      told(
        () => page,
        async () => {
          await page.goto(records.get(screen)?.() ?? screen)
          await page.getByRole('main').getByRole('heading').first().waitFor()
          await page.waitForLoadState('networkidle')
          await assertAccessible(page, screen)
        },
      ),
    )

  it('in English and in the dark says as much', async () => {
    const other = await visit(browser, product.address, { dark: true })
    await other.page.evaluate(() => localStorage.setItem('zhike.locale', 'en'))
    await other.page.reload()
    await other.page.getByLabel('User name').fill(administrator.username)
    await other.page.getByLabel('Password').fill(administrator.password)
    await other.page.getByRole('button', { name: 'Sign in' }).click()
    await other.page.getByRole('navigation').first().waitFor()
    for (const screen of ['/', '/customers', customer, '/tasks', '/settings']) {
      await other.page.goto(screen)
      await other.page.getByRole('main').getByRole('heading').first().waitFor()
      await assertAccessible(other.page, `${screen} in English`)
      const text = await other.page.getByRole('main').innerText()
      assert.doesNotMatch(text, /(筛选|保存|新建|客户编号|负责人)/, `${screen}: left in Chinese`)
    }
    await other.leave()
  })

  it('met no error, no breach of its policy and no other host', async () => {
    await visitor.leave()
  })
})

/** The keyboard is there, once what was done has been drawn. */
const has = (place: Locator) =>
  until(() => place.evaluate((each) => each === document.activeElement), `the focus at ${place}`)

/** Within a dialog, or between its last and first field, where a browser has its own buttons. */
const keeps = (dialog: Locator) =>
  dialog.evaluate((element) => {
    const active = document.activeElement
    return active === document.body || element.contains(active)
  })

const focusedText = async (on: Page) => (await focused(on).textContent())?.trim()

/** Whoever looks can tell where the keyboard is: the place looks otherwise without it. */
const isSeen = async (on: Page) => {
  const box = await focused(on).boundingBox()
  assert.ok(box, 'something has the focus')
  const clip = {
    x: Math.max(box.x - 8, 0),
    y: Math.max(box.y - 8, 0),
    width: box.width + 16,
    height: box.height + 16,
  }
  const look = () => on.screenshot({ clip, caret: 'hide' })
  const held = await look()
  const element = await on.evaluateHandle(() => document.activeElement)
  await element.asElement()?.evaluate((each) => each instanceof HTMLElement && each.blur())
  const left = await look()
  await element.asElement()?.focus()
  return !held.equals(left)
}
