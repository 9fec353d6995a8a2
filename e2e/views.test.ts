import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { until } from '#app/testing/product.ts'
import { stageMachine } from '#customers/customers/rules.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { hire, signIn, story } from './steps.ts'

let product: Opened
let browser: Browser
let mei: Visitor
let ann: Visitor
let hers: Client
let root: Client
let owner: number
let page: Page
const ids = new Map<string, string>()
before(async () => {
  product = await openProduct()
  root = await openClient(product.address, administrator)
  const team = await hire(product.address, root)
  hers = team.client.ann
  owner = team.mei.id
  await askForIndustry(root)
  for (const [name, more] of customers) {
    const { id }: { id: string } = await hers.make('/customers', { name, ...more })
    ids.set(name, id)
  }
  browser = await openBrowser()
  mei = await visit(browser, product.address)
  await signIn(mei.page, team.mei)
  ann = await visit(browser, product.address)
  await signIn(ann.page, team.ann)
  page = mei.page
})
after(async () => {
  await browser?.close()
  await product?.close()
})
const tell = story()
const step = (what: string, run: () => Promise<void>) => tell(() => page, what, run)

const customers: [string, Record<string, unknown>][] = [
  ['丙茶庄', { stage: 'prospect', source: 'exhibition' }],
  ['甲茶庄', { stage: 'prospect', industry: '茶叶' }],
  ['乙茶庄', { stage: 'contacted' }],
  ['丁先生', { kind: 'person', stage: 'prospect' }],
]

/** Before a customer counts as won its industry has to be known, so that a board has something to ask for. */
const askForIndustry = async (root: Client) => {
  const stages = stageMachine.stages.map((each) =>
    each.value === 'active' ? { ...each, needs: ['industry'] } : each,
  )
  const { status } = await root.call('PUT', '/stages/customer.stage', {
    ...{ body: { ...stageMachine, stages }, version: 1 },
  })
  assert.equal(status, 200)
}

const names = async (): Promise<string[]> => {
  const links = await page.getByRole('cell').getByRole('link').allInnerTexts()
  return links.filter((each) => ids.has(each))
}
const rowsAre = (...wanted: string[]) =>
  until(async () => String(await names()) === String(wanted), `the rows ${wanted}`)
const heading = (name: string) => page.getByRole('columnheader', { name })
const choose = async (menu: string, item: string) => {
  await page.getByRole('button', { name: menu, exact: true }).click()
  await page.getByRole('menu', { name: menu }).getByText(item, { exact: true }).click()
}
const isShown = (view: string) => page.getByRole('tab', { name: view, selected: true }).waitFor()
const saveAs = async (name: string, searching: boolean) => {
  await choose('视图', '另存为视图…')
  const form = page.getByRole('dialog', { name: '另存为视图' })
  await form.getByRole('textbox', { name: '视图名称' }).fill(name)
  await form
    .getByRole('checkbox', { name: '连同查找的「甲茶庄」一起保存', checked: false })
    .waitFor()
  if (searching) await form.getByRole('checkbox').check()
  await form.getByRole('textbox', { name: '视图名称' }).press('Enter')
  await isShown(name)
}
/** The list as the view 单位 has it: firms alone, by name, the source in front and no tags. */
const isAsSaved = async () => {
  await isShown('单位')
  await rowsAre('丙茶庄', '甲茶庄', '乙茶庄')
  await heading('来源').waitFor()
  assert.equal(await heading('标签').count(), 0)
}
const stored = async (name: string): Promise<string> => {
  const { stage }: { stage: string } = await hers.get(`/customers/${ids.get(name)}`)
  return stage
}
const column = (name: string) => page.getByRole('list', { name, exact: true })
const card = (name: string) => page.getByRole('listitem').filter({ hasText: name })

describe('a saved view', () => {
  step('is made of a filter, a sort and columns, and shared', async () => {
    await page.goto('/customers')
    await page.getByRole('link', { name: '丁先生' }).waitFor()
    const quick = page.getByRole('group', { name: '常用条件' })
    await quick.getByRole('button', { name: '类型' }).click()
    await page.getByRole('menuitem', { name: '单位' }).click()
    await heading('名称').getByRole('button', { name: '名称' }).click()
    await rowsAre('丙茶庄', '甲茶庄', '乙茶庄')
    await page.getByRole('button', { name: '列', exact: true }).click()
    await page.getByRole('checkbox', { name: '标签' }).click()
    await page.getByRole('checkbox', { name: '来源' }).click()
    await page.getByRole('button', { name: '固定来源', exact: true }).click()
    await page.getByRole('button', { name: '不再固定来源', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await choose('视图', '另存为视图…')
    const form = page.getByRole('dialog', { name: '另存为视图' })
    await form.getByRole('textbox', { name: '视图名称' }).fill('单位')
    await form.getByRole('combobox', { name: '谁能看到' }).click()
    await page.getByTitle('北区', { exact: true }).click()
    await form.getByRole('textbox', { name: '视图名称' }).click()
    await form.getByRole('button', { name: '保存' }).click()
    await page.getByText('已保存视图「单位」').waitFor()
    await isAsSaved()
  })

  step('is what the list opens with once it is the first, columns and all', async () => {
    const kept = page.waitForResponse(
      (answer) => answer.ok() && answer.url().endsWith('/views/own/customer'),
    )
    await choose('视图', '打开列表时先看这个')
    await kept
    await page.goto('/customers')
    await isAsSaved()
    assert.ok((await headings()).indexOf('来源') < (await headings()).indexOf('阶段'))
    await page.reload()
    await isAsSaved()
  })

  step('another, of the same list without a filter, is for oneself', async () => {
    await page.getByRole('tab', { name: '全部', exact: true }).click()
    await page.getByRole('link', { name: '丁先生' }).waitFor()
    await page.getByRole('searchbox').fill('甲茶庄')
    await rowsAre('甲茶庄')
    await saveAs('梅自用', false)
    await rowsAre('甲茶庄')
  })

  step('takes what is searched for along only where that is wanted', async () => {
    await saveAs('只看甲', true)
    await page.getByRole('tab', { name: '梅自用' }).click()
    await page.getByRole('link', { name: '丁先生' }).waitFor()
    await page.getByRole('tab', { name: '只看甲' }).click()
    await rowsAre('甲茶庄')
  })

  step('a colleague has the shared one as it was saved, and not the own one', async () => {
    page = ann.page
    await page.goto('/customers')
    await page.getByRole('link', { name: '丁先生' }).waitFor()
    await page.getByRole('tab', { name: '单位' }).click()
    await isAsSaved()
    assert.equal(await page.getByRole('tab', { name: '梅自用' }).count(), 0)
    await page.getByRole('button', { name: '视图', exact: true }).click()
    const menu = page.getByRole('menu', { name: '视图' })
    await menu.getByText('梅主管共享').waitFor()
    for (const item of ['改名与共享…', '删除视图'])
      assert.equal(await menu.getByRole('menuitem', { name: item }).count(), 0, item)
    await page.keyboard.press('Escape')
    const { items }: { items: { name: string }[] } = await hers.get('/views?entity=customer')
    assert.deepEqual(
      items.map(({ name }) => name),
      ['单位'],
    )
  })
})

describe('the board', () => {
  step('takes a card by mouse to the next stage', async () => {
    await page.goto('/customers?as=board&by=stage')
    await column('潜在').getByRole('link', { name: '丙茶庄' }).waitFor()
    await card('丙茶庄').dragTo(page.getByRole('heading', { name: /^接触/ }))
    await page.getByText('丙茶庄 已移到「接触」').waitFor()
    await column('接触').getByRole('link', { name: '丙茶庄' }).waitFor()
    assert.equal(await stored('丙茶庄'), 'contacted')
  })

  step('says while a card is above it what a stage still needs, and keeps it', async () => {
    await hover(card('丙茶庄'), page.getByRole('heading', { name: /^成交/ }))
    await page.getByText('要先填：「行业」').waitFor()
    await page.mouse.up()
    await column('接触').getByRole('link', { name: '丙茶庄' }).waitFor()
    assert.equal(await stored('丙茶庄'), 'contacted')
  })

  step('moves a card by keyboard, past the stages that it cannot reach', async () => {
    await open('甲茶庄')
    const menu = page.getByRole('menu', { name: '把 甲茶庄 移到…' })
    const closed = menu.getByRole('menuitem', { name: /^沉睡/ })
    await closed.getByText(/^只能从「接触」/).waitFor()
    await focusedIs(menu.getByRole('menuitem', { name: /^接触/ }))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await focusedIs(closed)
    await page.keyboard.press('Enter')
    assert.ok(await menu.isVisible(), 'what is closed does nothing')
    await page.keyboard.press('ArrowUp')
    await focusedIs(menu.getByRole('menuitem', { name: /^成交/ }))
    await page.keyboard.press('Enter')
    await page.getByText('甲茶庄 已移到「成交」').waitFor()
    await focusedIs(column('成交').getByRole('button', { name: '把 甲茶庄 移到…' }))
    assert.equal(await stored('甲茶庄'), 'active')
  })

  step('goes on from where the card is then, also where the first stage is closed', async () => {
    await page.keyboard.press('Enter')
    const menu = page.getByRole('menu', { name: '把 甲茶庄 移到…' })
    await focusedIs(menu.getByRole('menuitem', { name: /^潜在/ }))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await focusedIs(menu.getByRole('menuitem', { name: /^沉睡/ }))
    await page.keyboard.press('Enter')
    await page.getByText('甲茶庄 已移到「沉睡」').waitFor()
    await column('沉睡').getByRole('link', { name: '甲茶庄' }).waitFor()
    assert.equal(await stored('甲茶庄'), 'dormant')
  })
})

describe('the chart', () => {
  step('counts by stage, and a bar leads to its rows', async () => {
    await page.goto('/customers?as=chart&by=stage')
    const chart = page.getByRole('figure', { name: '按阶段统计' })
    await chart.getByRole('button', { name: '阶段：沉睡，1，看这些记录' }).waitFor()
    await chart.getByRole('button', { name: '阶段：潜在，1，看这些记录' }).waitFor()
    await chart.getByRole('button', { name: '阶段：接触，2，看这些记录' }).click()
    await page.getByRole('table').waitFor()
    await until(async () => String((await names()).toSorted()) === '丙茶庄,乙茶庄', 'its rows')
  })
})

describe('a shared view of somebody who has left', () => {
  let boss: Visitor | undefined
  const screen = (): Page => {
    assert.ok(boss)
    return boss.page
  }
  const tab = (name: string) => page.getByRole('tab', { name, exact: true })

  step('is still shared, and taken over by whoever may share as far', async () => {
    await mei.leave()
    await shareWithAll()
    const { items }: { items: { id: number; version: number }[] } = await root.get('/people')
    const { status } = await root.call('PATCH', `/people/${owner}`, {
      body: { active: false },
      version: items.find(({ id }) => id === owner)?.version ?? 0,
    })
    assert.equal(status, 200)
    boss = await visit(browser, product.address)
    page = screen()
    await signIn(page, administrator)
    await page.goto('/customers')
    await tab('单位').click()
    await isAsSaved()
    await page.getByRole('button', { name: '视图', exact: true }).click()
    const menu = page.getByRole('menu', { name: '视图' })
    await menu.getByText('梅主管共享').waitFor()
    await menu.getByRole('menuitem', { name: '接手这个视图' }).click()
    await page.getByText('已接手视图「单位」').waitFor()
    const me: { id: number } = await root.get('/me')
    assert.deepEqual(await kept(), [{ name: '单位', owner_id: me.id }])
  })

  step('bears another name from then on for everybody it is shared with', async () => {
    await choose('视图', '改名与共享…')
    const form = page.getByRole('dialog', { name: '改名与共享' })
    await form.getByText('所有人').waitFor()
    await form.getByRole('textbox', { name: '视图名称' }).fill('全部单位')
    await page.keyboard.press('Enter')
    await isShown('全部单位')
    page = ann.page
    await page.goto('/customers')
    await tab('全部单位').click()
    await isShown('全部单位')
    await page.getByRole('button', { name: '视图', exact: true }).click()
    await page.getByRole('menu', { name: '视图' }).getByText('admin共享').waitFor()
    await page.keyboard.press('Escape')
    await focusedIs(page.getByRole('button', { name: '视图', exact: true }))
  })

  step('is deleted after a question that says who else loses it', async () => {
    page = screen()
    const menu = page.getByRole('button', { name: '视图', exact: true })
    const question = page.getByRole('dialog', { name: '删除视图「全部单位」？' })
    await choose('视图', '删除视图')
    await question.getByText('共享给的人也不再看得到它').waitFor()
    await focusedIs(question.getByRole('button', { name: '取消' }))
    await page.keyboard.press('Tab')
    await focusedIs(question.getByRole('button', { name: '删除视图' }))
    for (const name of ['取消', '关闭']) {
      await page.keyboard.press('Shift+Tab')
      await focusedIs(question.getByRole('button', { name }))
    }
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'hidden' })
    await focusedIs(menu)
    assert.equal((await kept()).length, 1)
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: '删除视图' }).click()
    await question.getByRole('button', { name: '删除视图' }).press('Enter')
    await page.getByText('已删除视图「全部单位」').waitFor()
    await question.waitFor({ state: 'hidden' })
    await focusedIs(menu)
    assert.deepEqual(await kept(), [])
    page = ann.page
    await page.goto('/customers')
    await page.getByRole('link', { name: '丁先生' }).waitFor()
    assert.equal(await tab('全部单位').count(), 0)
  })

  it('and nobody met an error', async () => {
    await boss?.leave()
    await ann.leave()
  })
})

/** As its owner: who takes a view over has to see it first. */
const shareWithAll = async () => {
  const by = await openClient(product.address, { username: 'mei', password: 'mei-password' })
  const { items }: { items: { id: string; name: string; version: number }[] } =
    await by.get('/views?entity=customer')
  const view = items.find(({ name }) => name === '单位')
  const { status } = await by.call('PATCH', `/views/${view?.id}`, {
    body: { shared_with: [1] },
    version: view?.version ?? 0,
  })
  assert.equal(status, 200)
}

const kept = async () => {
  const { items }: { items: { name: string; owner_id: number }[] } =
    await hers.get('/views?entity=customer')
  return items.map(({ name, owner_id }) => ({ name, owner_id }))
}

const headings = async () =>
  (await page.getByRole('columnheader').allInnerTexts()).map((each) => each.trim())

/** Takes a card and holds it above another place. */
const hover = async (what: Locator, above: Locator) => {
  await what.hover()
  await page.mouse.down()
  await above.hover()
  await above.hover()
}

const open = async (name: string) => {
  await page.getByRole('button', { name: `把 ${name} 移到…` }).focus()
  await page.keyboard.press('Enter')
}

const focusedIs = (which: Locator) =>
  until(
    () => which.evaluate((element) => element === document.activeElement),
    `the keyboard to be at ${which}`,
  )
