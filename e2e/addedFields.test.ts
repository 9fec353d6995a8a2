import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { signIn, story } from './steps.ts'

let product: Opened
let browser: Browser
let visitor: Visitor
let root: Client
let customer = ''
before(async () => {
  product = await openProduct()
  root = await openClient(product.address, administrator)
  const made: { id: string } = await root.make('/customers', { name: '试填公司' })
  customer = made.id
  for (const [entity, zh] of [
    ['interaction', '经办渠道'],
    ['task', '成本中心'],
  ])
    await root.make('/fields', {
      entity,
      definition: { kind: 'text', label: { zh, en: '' }, required: true },
    })
  browser = await openBrowser()
  visitor = await visit(browser, product.address)
  await signIn(visitor.page, administrator)
})
after(async () => {
  await browser?.close()
  await product?.close()
})
const tell = story()
const step = (what: string, run: () => Promise<void>) => tell(() => visitor.page, what, run)

describe('fields that an administrator requires', () => {
  step('are asked for where a task is noted in one line', async () => {
    const { page } = visitor
    await page.goto('/')
    const line = page.getByRole('textbox', { name: '加一件事' })
    await line.fill('给新客户打电话')
    await page.getByRole('button', { name: '添加', exact: true }).click()
    await page.getByText('成本中心：这一项必须填写').waitFor()
    await page.getByLabel('成本中心').fill('CC-1')
    await page.getByRole('button', { name: '添加', exact: true }).click()
    await page.getByRole('listitem').filter({ hasText: '给新客户打电话' }).first().waitFor()
  })

  step('are asked for where a contact with a customer is noted', async () => {
    const { page } = visitor
    await page.goto(`/customers/${customer}`)
    const what = page.getByRole('textbox', { name: '说了什么、约了什么…' }).first()
    await what.fill('谈了续约')
    await page.getByRole('button', { name: '记下', exact: true }).click()
    await page.getByText('经办渠道：这一项必须填写').waitFor()
    await page.getByLabel('经办渠道').fill('门店')
    await page.getByRole('button', { name: '记下', exact: true }).click()
    await page.getByText('已记下').first().waitFor()
    const { items }: { items: { summary: string }[] } = await root.get('/interactions')
    assert.deepEqual(
      items.map(({ summary }) => summary),
      ['谈了续约'],
    )
  })

  step('are retired, come back, and a kind begins to number itself', async () => {
    const { page } = visitor
    await page.goto('/settings/fields')
    await page.getByRole('radio', { name: '任务' }).click()
    await page.getByRole('button', { name: '成本中心：更多' }).click()
    await page.getByRole('menuitem', { name: '停用' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click()
    await page.getByText('已停用 1 个').click()
    await page.getByRole('button', { name: '恢复「成本中心」' }).click()
    await page.getByText('已停用 1 个').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '开始编号' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('开头').fill('t-')
    await dialog.getByRole('button', { name: '开始编号', exact: true }).click()
    await page.getByText('新编号形如 T-000001').first().waitFor()
    await visitor.leave()
  })
})
