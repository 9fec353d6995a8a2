import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { tableRows } from '#app/testing/importing.ts'
import { until } from '#app/testing/product.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { hire, signIn, story } from './steps.ts'

let product: Opened
let browser: Browser
let boss: Visitor
let seller: Visitor
let root: Client
let page: Page
before(async () => {
  product = await openProduct()
  root = await openClient(product.address, administrator)
  const { ann } = await hire(product.address, root)
  browser = await openBrowser()
  boss = await visit(browser, product.address)
  await signIn(boss.page, administrator)
  seller = await visit(browser, product.address)
  await signIn(seller.page, ann)
  page = boss.page
})
after(async () => {
  await browser?.close()
  await product?.close()
})
const tell = story()
const step = (what: string, run: () => Promise<void>) => tell(() => page, what, run)

const dialog = (name: string | RegExp) => page.getByRole('dialog', { name })
const pick = async (within: Locator, label: string, option: string) => {
  await within.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByTitle(option, { exact: true }).last().click()
}
const saved = async (form: Locator) => {
  await form.getByRole('button', { name: '保存', exact: true }).click()
  await form.waitFor({ state: 'hidden' })
}
const addField = async (name: string, kind: string) => {
  await page.getByRole('button', { name: '添加字段' }).click()
  const form = dialog('给客户添加字段')
  await form.getByRole('textbox', { name: '名称', exact: true }).fill(name)
  await pick(form, '类型', kind)
  return form
}
type Customer = Record<string, unknown> & { name: string; number: string }
const customers = async (): Promise<Customer[]> => {
  const { items }: { items: Customer[] } = await root.get('/customers?sort=name')
  return items
}

describe('an administrator shapes the system without code', () => {
  step('keeps a dictionary', async () => {
    await page.goto('/settings/dictionaries')
    await page.getByRole('button', { name: '新建字典' }).click()
    const form = dialog('新建字典')
    await form.getByRole('textbox', { name: '名称', exact: true }).fill('合作等级')
    await form.getByRole('button', { name: '添加一项' }).click()
    await form.getByRole('textbox', { name: '第 1 项' }).fill('金牌')
    // Without a pause: what follows the key is for the new line.
    await page.keyboard.press('Enter')
    await page.keyboard.type('银牌')
    await until(
      async () => (await form.getByRole('textbox', { name: '第 2 项' }).inputValue()) === '银牌',
      'the second',
    )
    await saved(form)
    await page.getByRole('listitem').filter({ hasText: '合作等级' }).getByText('2 项').waitFor()
  })

  step('adds fields: a choice from the dictionary and an amount', async () => {
    await page.goto('/settings/fields')
    const grade = await addField('等级', '单选')
    await grade.getByText('用字典', { exact: true }).click()
    await pick(grade, '字典', '合作等级')
    await grade.getByRole('checkbox', { name: /在列表中/ }).check()
    await saved(grade)
    await saved(await addField('年采购额', '金额'))
    await page.getByRole('button', { name: '年采购额', exact: true }).waitFor()
  })

  step('writes a formula, is told what is wrong and where, and mends it', async () => {
    const form = await addField('返利', '公式')
    const formula = form.getByRole('textbox', { name: '公式', exact: true })
    await formula.fill('「年采购」 * 0.05')
    await form
      .getByText(/年采购额/)
      .first()
      .waitFor()
    await pick(form, '算出来是', '金额')
    await formula.fill("IF(「等级」='金牌', 「年采购额」 * 0.05, 0)")
    await form.getByText('公式没有问题', { exact: false }).waitFor()
    await form.getByRole('checkbox', { name: /在列表中/ }).check()
    await saved(form)
    await page.getByRole('button', { name: '返利', exact: true }).waitFor()
  })

  step('shapes the numbers', async () => {
    await page.getByRole('button', { name: '修改', exact: true }).click()
    const form = dialog('客户怎么编号')
    await form.getByRole('textbox', { name: '开头' }).fill('KH')
    await saved(form)
    await page.getByText('新编号形如 KH000001', { exact: true }).waitFor()
  })

  step('asks for the amount before a customer counts as won', async () => {
    await page.goto('/settings/stages')
    await page.getByRole('button', { name: '成交', exact: true }).click()
    const form = dialog('修改阶段「成交」')
    await form.getByRole('textbox', { name: '名称', exact: true }).fill('已签约')
    await form.getByRole('combobox', { name: '转入前必填' }).fill('年采购')
    await page.getByTitle('年采购额', { exact: true }).last().click()
    // The list that lies open goes when one turns to something else.
    await form.getByRole('textbox', { name: '名称', exact: true }).click()
    await saved(form)
    const row = page.getByRole('row').filter({ hasText: '已签约' }).filter({ hasText: '年采购额' })
    await row.getByText('已成交').waitFor()
  })

  step('and somebody who sells finds all of it in the form', async () => {
    page = seller.page
    await page.goto('/customers?new=1')
    const form = dialog('新建客户')
    await form.getByRole('textbox', { name: '名称' }).fill('武夷茶业')
    await pick(form, '阶段', '已签约')
    await form.getByText('金牌', { exact: true }).click()
    const save = form.getByRole('button', { name: '保存', exact: true })
    await save.click()
    const amount = form.getByLabel('年采购额')
    await form.getByText('这一项必须填写').waitFor()
    assert.equal((await customers()).length, 0)
    await amount.fill('12000')
    await save.click()
    await form.waitFor({ state: 'hidden' })
    const [made] = await customers()
    assert.deepEqual([made?.stage, made?.x_fanli, made?.number], ['active', 60_000, 'KH000001'])
  })

  step('in the list, where a stage that cannot be reached says so', async () => {
    await page.goto('/customers')
    const row = page.getByRole('row').filter({ hasText: '武夷茶业' })
    for (const told of ['已签约', '金牌', /600\.00/]) await row.getByText(told).first().waitFor()
    const [made] = await customers()
    await page.goto(`/customers/${made?.id}`)
    await page.getByRole('button', { name: /^阶段：已签约/ }).click()
    const back = page.getByRole('menuitemradio', { name: /^潜在/ })
    assert.equal(await back.isDisabled(), true)
    await back.getByText('只能从「接触」转来').waitFor()
    await page.keyboard.press('Escape')
  })

  step('in the filter', async () => {
    await root.make('/customers', { name: '没等级的店' })
    const filter = encodeURIComponent(
      JSON.stringify({ field: 'x_dengji', is: 'in', value: ['c1'] }),
    )
    await page.goto(`/customers?filter=${filter}`)
    await page.getByRole('row').filter({ hasText: '武夷茶业' }).waitFor()
    assert.equal(await page.getByRole('row').filter({ hasText: '没等级的店' }).count(), 0)
  })

  step('and in the table that the administrator takes out', async () => {
    page = boss.page
    await page.goto('/customers')
    const leaving = page.waitForEvent('download')
    await page.getByRole('button', { name: '更多', exact: true }).first().click()
    await page.getByRole('menuitem', { name: /导出为 CSV/ }).click()
    const [header = [], ...rows] = await tableRows(await readFile(await (await leaving).path()))
    const row = rows.find((each) => each.includes('武夷茶业')) ?? []
    const told = ['阶段', '等级', '年采购额', '返利'].map((name) => row[header.indexOf(name)])
    assert.deepEqual(told, ['已签约', '金牌', '12000.00', '600.00'])
    await boss.leave()
    await seller.leave()
  })
})
