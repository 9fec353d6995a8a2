import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { until } from '#app/testing/product.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { hireOne, signIn, story } from './steps.ts'

let product: Opened
let browser: Browser
let all: Visitor
let narrow: Visitor
let page: Page
let root: Client
const names = ['一品茶庄', '二泉酒坊', '三友书店']
const ids: string[] = []
before(async () => {
  product = await openProduct()
  root = await openClient(product.address, administrator)
  for (const name of names) {
    const { id }: { id: string } = await root.make('/customers', { name, stage: 'prospect' })
    ids.push(id)
    await root.make(`/customers/${id}/contacts`, { name: `${name}的掌柜` })
    await root.make(`/customers/${id}/interactions`, { summary: `与${name}谈过`, channel: 'call' })
  }
  await agree()
  const someone = await hireNarrow()
  browser = await openBrowser()
  all = await visit(browser, product.address)
  await signIn(all.page, administrator)
  narrow = await visit(browser, product.address)
  await signIn(narrow.page, someone)
  page = all.page
})
after(async () => {
  await browser?.close()
  await product?.close()
})
const tell = story()
const step = (what: string, run: () => Promise<void>) => tell(() => page, what, run)

/** Three tasks of the administrator, one of them done, and one of nobody's list but the customer's. */
const agree = async () => {
  const me: { id: number; today: string } = await root.get('/me')
  const other = await hireOne(root, { username: 'other', name: 'other', roles: ['staff'] })
  for (const [at, important] of [true, false, false].entries()) {
    const body = { title: `第 ${at + 1} 件`, due_on: me.today, important }
    const made: { id: string } = await root.make(`/customers/${ids[at]}/tasks`, body)
    if (at < 2) continue
    const path = `/customers/${ids[at]}/tasks/${made.id}/completion`
    assert.equal((await root.call('POST', path, { version: 1 })).status, 200)
  }
  await root.call('PATCH', `/customers/${ids[0]}`, { body: { owner_id: other.id }, version: 1 })
  const body = { title: '别人的', due_on: me.today, owner_id: other.id }
  await root.make(`/customers/${ids[0]}/tasks`, body)
}

type Role = { id: string; rights: object } & Record<string, unknown>

/** Somebody who may know neither the fields that lists are ordered by nor those that stand in them first. */
const hireNarrow = async () => {
  const { items }: { items: Role[] } = await root.get('/roles')
  const known = items.find(({ id }) => id === 'manager')
  assert.ok(known)
  const { description, departments, rights } = known
  const hidden = ['customer.stage', 'customer.owner_id', 'task.due_on', 'interaction.at']
  const made: { id: string } = await root.make('/roles', {
    ...{ label: { zh: '窄', en: '' }, description, default_scope: 'all', departments },
    rights: { ...rights, fields: Object.fromEntries(hidden.map((name) => [name, 'hidden'])) },
  })
  return hireOne(root, { username: 'narrow', name: 'narrow', roles: [made.id] })
}

const nav = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true })
const tab = (name: string) => page.getByRole('tab', { name, exact: true })
const isShown = (name: string) =>
  page.getByRole('tab', { name, exact: true, selected: true }).waitFor()
const shows = (name: string) => page.getByRole('link', { name, exact: true }).first().waitFor()

describe('the view that a list begins with', () => {
  step('is there whenever the list is opened, and Back leads past it', async () => {
    const filter = { all: [{ field: 'name', is: 'contains', value: '茶' }] }
    const body = { entity: 'customer', name: '茶客', shared_with: [], definition: { filter } }
    const { id }: { id: string } = await root.make('/views', body)
    await root.call('PUT', '/views/own/customer', { body: { columns: {}, default_view: id } })
    await nav('客户').click()
    await isShown('茶客')
    await tab('全部').click()
    await shows('三友书店')
    await isShown('全部')
    await nav('客户').click()
    await isShown('茶客')
    await page.getByRole('link', { name: '三友书店' }).waitFor({ state: 'hidden' })
    await nav('任务').click()
    await page.getByRole('heading', { level: 1, name: '任务' }).waitFor()
    await nav('客户').click()
    await isShown('茶客')
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: '任务' }).waitFor()
  })

  step('gives way to what was searched, and to nothing once that is cleared', async () => {
    await nav('客户').click()
    await isShown('茶客')
    await tab('全部').click()
    const find = page.getByRole('searchbox').first()
    await find.fill('三友')
    await page.getByRole('link', { name: '一品茶庄' }).waitFor({ state: 'hidden' })
    await find.fill('')
    await shows('一品茶庄')
    await isShown('全部')
  })
})

describe('a record over its list', () => {
  step('is changed by E, and the letter is not typed into the form', async () => {
    const name = `${names[0]}的掌柜`
    await page.goto(`/contacts?${new URLSearchParams({ q: name })}`)
    await page.getByRole('link', { name, exact: true }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog', { name, exact: true })
    await drawer.getByRole('button', { name: '修改', exact: true }).waitFor()
    await page.keyboard.press('e')
    const form = page.getByRole('dialog', { name: `修改 ${name}`, exact: true })
    await form.waitFor()
    assert.equal(await form.getByLabel('姓名').inputValue(), name)
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'hidden' })
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
  })

  step('says on its card of a board what the first columns say', async () => {
    await page.goto('/tasks?as=board&by=important')
    const card = page.getByRole('listitem').filter({ hasText: '第 1 件' })
    for (const text of [names[0] ?? '', '今天']) await card.getByText(text).waitFor()
  })
})

describe('every shape of a list', () => {
  const shown = {
    board: () => page.getByRole('region', { name: '任务' }).getByRole('listitem').count(),
    calendar: () => page.getByRole('region', { name: '任务' }).getByRole('link').count(),
    chart: async () => {
      const rows = await page.getByRole('figure').getByRole('row').allInnerTexts()
      const groups = rows.slice(1).filter((row) => !row.startsWith('合计'))
      return groups.reduce((sum, row) => sum + Number(/(\d+)\s*$/.exec(row)?.[1] ?? 0), 0)
    },
  }
  const expected = { 我的未完成: 2, 已逾期: 0, 全部未完成: 3, 已完成: 1, 全部: 4 }
  for (const [shape, counted] of Object.entries(shown))
    step(`holds as many as its title says: ${shape}`, async () => {
      const by = shape === 'calendar' ? 'due_on' : 'important'
      await page.goto(`/tasks?as=${shape}&by=${by}`)
      for (const [name, count] of Object.entries(expected)) {
        if (name !== '我的未完成') await tab(name).click()
        await isShown(name)
        const title = page.getByRole('heading', { level: 1 })
        await until(async () => (await title.innerText()).endsWith(`${count}`), `${name}: ${count}`)
        await until(async () => (await counted()) === count, `${shape}, ${name}: ${count}`)
      }
    })
})

describe('an address that asks for what is not there', () => {
  const leaf = { field: 'constructor', is: 'eq', value: '1' }
  const addresses = [
    `?filter=${JSON.stringify(leaf)}`,
    `?filter=${JSON.stringify({ all: [leaf] })}&as=board`,
    '?filter={"all":[{"fie',
    '?sort=constructor',
  ]
  for (const address of addresses)
    step(`says so and leads back: ${address}`, async () => {
      await page.goto(`/customers${address}`)
      const main = page.getByRole('main')
      await main.getByRole('alert').waitFor()
      await main.getByRole('button', { name: '看整个列表' }).click()
      await shows('三友书店')
    })

  step('and shapes by what is no field have a field of their own', async () => {
    await page.goto('/customers?as=chart&by=constructor&sum=toString')
    await page.getByRole('figure').getByRole('button', { name: /潜在/ }).waitFor()
  })

  step('a board without its counts says so instead of counting nothing', async () => {
    await page.route('**/api/customers/groups?*', (route) =>
      route.fulfill({ status: 429, json: { status: 429, reason: 'too_many', code: 'too_many' } }),
    )
    await page.goto('/customers?as=board&by=stage')
    await page.getByRole('main').getByRole('alert').waitFor()
    await page.unroute('**/api/customers/groups?*')
    await page.getByRole('button', { name: '再试一次' }).click()
    await page.getByRole('heading', { level: 2, name: /^潜在\s*3/ }).waitFor()
  })
})

describe('whoever may not know a field', () => {
  step('has the list of customers without its columns, tabs and quick filters', async () => {
    page = narrow.page
    await nav('客户').click()
    await shows('三友书店')
    const heads = await page.getByRole('columnheader').allInnerTexts()
    const text = heads.join(' ')
    assert.match(text, /名称.*标签/s)
    assert.doesNotMatch(text, /阶段|负责人/)
    assert.equal(await tab('我负责的').count(), 0)
    const quick = page.getByRole('group', { name: '常用条件' })
    assert.doesNotMatch(await quick.innerText(), /我负责的|阶段/)
  })

  step('has lists whose usual order is by that field, in another one', async () => {
    await nav('任务').click()
    await tab('全部未完成').click()
    await shows('第 1 件')
    assert.equal(await page.getByRole('columnheader', { name: '到期日' }).count(), 0)
    assert.equal(await tab('已逾期').count(), 0)
    await nav('往来记录').click()
    await shows('三友书店')
    assert.equal(await tab('近 7 天').count(), 0)
    await page.getByRole('link', { name: '三友书店' }).first().click()
    await page.getByText('第 1 位，共 3 位').waitFor()
  })
})

describe('contacts, interactions and tasks', () => {
  step('open over their list and go on by keys', async () => {
    page = all.page
    await nav('联系人').click()
    await shows('一品茶庄的掌柜')
    await page.keyboard.press('j')
    await page.getByRole('row').locator('.row-link:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('第 1 位，共 3 位').waitFor()
    await page.keyboard.press(']')
    await page.getByText('第 2 位，共 3 位').waitFor()
    await page.getByRole('heading', { level: 1, name: '二泉酒坊的掌柜' }).waitFor()
    await page.keyboard.press('Escape')
    await nav('任务').click()
    await page.getByRole('link', { name: '第 1 件' }).click()
    await page.getByText('第 1 位，共 2 位').waitFor()
    await page.getByRole('button', { name: '完成「第 1 件」' }).last().waitFor()
  })

  step('are made from their list, for a customer that is chosen', async () => {
    for (const [list, make, label, value] of [
      ['联系人', '新建联系人', '姓名', '新来的'],
      ['往来记录', '记一笔', '内容', '刚谈过'],
    ] as const) {
      await nav(list).click()
      await page.getByRole('button', { name: make }).click()
      const form = page.getByRole('dialog', { name: make })
      await form.getByRole('combobox', { name: '客户' }).fill('三友')
      await page.locator('.ant-select-item-option-active').getByText('三友书店').waitFor()
      await page.keyboard.press('Enter')
      await form.getByTitle('三友书店').waitFor()
      await form.getByRole('textbox', { name: label }).fill(value)
      await form.getByRole('button', { name: '保存' }).click()
      await page.getByText(`已新建 ${value}`).waitFor()
    }
    const { items }: { items: { summary: string; person_id: number }[] } = await root.get(
      `/customers/${ids[2]}/interactions`,
    )
    const me: { id: number } = await root.get('/me')
    assert.ok(items.some((each) => each.summary === '刚谈过' && each.person_id === me.id))
  })
})

const isStored = (name: string) =>
  until(async () => {
    const { name: now }: { name: string } = await root.get(`/customers/${ids[1]}`)
    return now === name
  }, `${name} to be stored`)

describe('Chinese that is being composed', () => {
  step('is neither searched for nor saved in halves', async () => {
    const asked: string[] = []
    page.on('request', (request) => {
      const q = new URL(request.url()).searchParams.get('q')
      if (q !== null) asked.push(q)
    })
    const keyboard = await page.context().newCDPSession(page)
    const compose = (text: string) =>
      keyboard.send('Input.imeSetComposition', {
        ...{ text, selectionStart: text.length, selectionEnd: text.length },
      })
    await page.goto('/customers?sort=name&view=plain')
    await shows('二泉酒坊')
    await page.getByRole('searchbox').first().focus()
    await compose('erquan')
    await page.keyboard.press('Enter')
    // Longer than the pause in typing after which a list follows.
    await page.waitForTimeout(600)
    assert.deepEqual(asked, [])
    await keyboard.send('Input.insertText', { text: '二泉' })
    await page.getByRole('link', { name: '一品茶庄' }).waitFor({ state: 'hidden' })
    assert.deepEqual([...new Set(asked)], ['二泉'])

    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('e')
    const editor = page.getByRole('group', { name: '修改名称', exact: true }).getByRole('textbox')
    await editor.fill('二泉')
    await compose('chang')
    await page.keyboard.press('Enter')
    await editor.waitFor()
    const { name }: { name: string } = await root.get(`/customers/${ids[1]}`)
    assert.equal(name, '二泉酒坊')
    await keyboard.send('Input.insertText', { text: '酒厂' })
    await page.keyboard.press('Enter')
    await isStored('二泉酒厂')
  })
})

describe('a table', () => {
  const head = (name: string) => page.getByRole('columnheader', { name })
  const left = async (name: string) => (await head(name).boundingBox())?.x ?? 0

  step('keeps the width that a column was drawn to', async () => {
    await page.goto('/customers?view=plain')
    await shows('一品茶庄')
    const before = (await head('标签').boundingBox())?.width ?? 0
    const box = await head('标签').getByRole('separator').boundingBox()
    assert.ok(box)
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 + 90, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
    const wider = async () => ((await head('标签').boundingBox())?.width ?? 0) > before + 60
    await until(wider, 'the column to be wider')
    await until(async () => {
      const kept: { own: { columns: Record<string, { name: string; width?: number }[]> } } =
        await root.get('/views?entity=customer')
      return kept.own.columns['']?.some(({ name, width }) => name === 'tags' && width)
    }, 'the width to be kept')
    await page.reload()
    await shows('一品茶庄')
    await until(wider, 'the column to be as wide as before')
  })

  step('leaves a frozen column where it is while the others go by', async () => {
    const columns = ['stage', 'owner_id', 'tags', 'region', 'industry', 'email', 'phones', 'source']
    const own = { '': columns.map((name) => ({ name, width: 240, frozen: name === 'stage' })) }
    await root.call('PUT', '/views/own/customer', { body: { columns: own, default_view: null } })
    await page.reload()
    await shows('一品茶庄')
    await head('来源').waitFor()
    const [stage, tags] = [await left('阶段'), await left('标签')]
    await head('标签').hover()
    await page.mouse.wheel(300, 0)
    await until(async () => (await left('标签')) < tags - 200, 'the others to go by')
    assert.ok(Math.abs((await left('阶段')) - stage) < 1)
  })

  step('adds up on a board', async () => {
    for (const [at, staff_count] of [1200, 30, 4].entries()) {
      const { version }: { version: number } = await root.get(`/customers/${ids[at]}`)
      await root.call('PATCH', `/customers/${ids[at]}`, { body: { staff_count }, version })
    }
    await page.goto('/customers?as=board&by=stage&sum=staff_count')
    await page.getByRole('heading', { level: 2, name: /潜在\s*3\s*1,234/ }).waitFor()
  })

  step('stands in groups with their counts and sums, which fold', async () => {
    await page.goto('/customers?by=stage&sum=staff_count&view=plain')
    const table = page.getByRole('table', { name: '客户' })
    await table.getByRole('rowheader', { name: /潜在\s*3\s*1,234/ }).waitFor()
    await shows('一品茶庄')
    await table.getByRole('button', { name: '收起潜在' }).click()
    await page.getByRole('link', { name: '一品茶庄' }).waitFor({ state: 'hidden' })
    await table.getByRole('button', { name: '展开潜在' }).click()
    await shows('一品茶庄')
    await page.getByRole('button', { name: '显示方式' }).click()
    await page.getByRole('menuitemradio', { name: '表格', exact: true }).click()
    await page.getByRole('columnheader', { name: '阶段' }).waitFor()
    await table
      .getByRole('button', { name: /^(收起|展开)/ })
      .first()
      .waitFor({ state: 'detached' })
  })

  it('and nobody met an error', async () => {
    await all.leave()
    await narrow.leave()
  })
})
