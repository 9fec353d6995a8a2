import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { hire, hireOne, shown, signIn, story } from './steps.ts'

let product: Opened
let browser: Browser
let customer: string
let hers: Client
const visitors: Record<string, Visitor> = {}
before(async () => {
  product = await openProduct()
  const root = await openClient(product.address, administrator)
  const { ann, bob, eve, mei } = await hire(product.address, root)
  const ward = await hireCareful(root)
  hers = await openClient(product.address, ann)
  const { id }: { id: string } = await hers.make('/customers', {
    name: '西湖茶业有限公司',
    phones: ['13800138000'],
    industry: '茶叶',
  })
  customer = `/customers/${id}`
  browser = await openBrowser()
  for (const [name, who] of Object.entries({ ann, bob, eve, mei, ward })) {
    const visitor = await visit(browser, product.address)
    await signIn(visitor.page, who)
    visitors[name] = visitor
  }
})
after(async () => {
  await browser?.close()
  await product?.close()
})
const screenOf = (name: string): Page => {
  const visitor = visitors[name]
  assert.ok(visitor, name)
  return visitor.page
}

/** Somebody who sees numbers in part, and whole for a reason. */
const hireCareful = async (root: Client) => {
  const role: { id: string } = await root.make('/roles', {
    ...{ label: { zh: '客服', en: '' }, description: '', default_scope: 'all', departments: [] },
    rights: {
      kinds: { '*': { view: 'all' } },
      levels: { internal: 'read', personal: 'masked', sensitive: 'masked' },
      ...{ keys: ['fields.plain'], fields: {} },
    },
  })
  return hireOne(root, { username: 'ward', name: '王客服', roles: [role.id] })
}
const tell = story()
const step = (who: string, what: string, run: (page: Page) => Promise<void>) =>
  tell(
    () => screenOf(who),
    what,
    () => run(screenOf(who)),
  )

describe('two people with one customer', () => {
  step('ann', 'Ann and Mei open the same form; Ann saves first', async (page) => {
    for (const each of [page, screenOf('mei')]) {
      await each.goto(customer)
      await each.getByRole('button', { name: '修改', exact: true }).click()
      await each.getByRole('dialog', { name: /修改 西湖茶业/ }).waitFor()
    }
    const form = page.getByRole('dialog', { name: /修改 西湖茶业/ })
    await form.getByLabel('来源').fill('展会')
    await form.getByLabel('备注').fill('安：年底续约')
    await form.getByRole('button', { name: '保存' }).click()
    await form.waitFor({ state: 'hidden' })
  })

  step('mei', 'Mei is shown both sides, chooses, and nothing of Ann is lost', async (page) => {
    const form = page.getByRole('dialog', { name: /修改 西湖茶业/ })
    const notice = form.getByRole('status').filter({ hasText: '安销售刚刚改了' })
    await notice.waitFor()
    await notice.getByRole('button', { name: '查看' }).click()
    await notice.getByText('安：年底续约').waitFor()
    await form.getByLabel('备注').fill('梅：送样品')
    await form.getByLabel('微信号').fill('xihu-cha')
    await form.getByRole('button', { name: '保存' }).click()
    const conflict = page.getByRole('dialog', { name: '别人刚改过这条记录' })
    await conflict.waitFor()
    const note = conflict.getByRole('group', { name: '备注' })
    await note.getByText('安：年底续约').waitFor()
    await note.getByText('梅：送样品').waitFor()
    assert.equal(await conflict.getByRole('group').count(), 1, 'only what differs is asked')
    await note.getByRole('radio', { name: /现在的/ }).check()
    await conflict.getByRole('button', { name: '保存' }).click()
    await form.waitFor({ state: 'hidden' })
    const mei = await openClient(product.address, { username: 'mei', password: 'mei-password' })
    const now: Record<string, unknown> = await mei.get(customer)
    assert.deepEqual(
      [now.note, now.source, now.wechat, now.version],
      ['安：年底续约', 'exhibition', 'xihu-cha', 3],
    )
  })
})

describe('a note in the list of the day', () => {
  step('ann', 'stays when somebody else finishes what it is for, and is kept', async (page) => {
    const path = `${customer}/tasks`
    const task: { id: string; version: number } = await hers.make(path, {
      ...{ title: '寄合同', due_on: '2020-01-05' },
    })
    await page.goto('/')
    const line = page.getByRole('listitem').filter({ hasText: '寄合同' })
    await line.getByRole('button', { name: '记一笔 西湖茶业有限公司' }).click()
    const said = line.getByRole('textbox', { name: '说了什么、约了什么' })
    await said.fill('合同已经收到')
    const mei = await openClient(product.address, { username: 'mei', password: 'mei-password' })
    const { status } = await mei.call('POST', `${path}/${task.id}/completion`, {
      version: task.version,
    })
    assert.equal(status, 200)
    await line.getByRole('status').getByText('已经办完或移走了').waitFor()
    assert.equal(await said.inputValue(), '合同已经收到')
    await line.getByRole('button', { name: /^记\s?下$/ }).click()
    await line.waitFor({ state: 'hidden' })
    const { items }: { items: { summary: string }[] } = await hers.get(`${customer}/interactions`)
    assert.deepEqual(
      items.map(({ summary }) => summary),
      ['合同已经收到'],
    )
  })
})

describe('a form whose record goes', () => {
  const kept = '还没保存的一句话'
  const form = (page: Page, name: string) =>
    page.getByRole('dialog', { name: new RegExp(`修改.*${name}`) })
  const staysOpen = async (page: Page, name: string) => {
    await form(page, name).getByRole('alert').getByText('移出了可见范围').waitFor()
    assert.equal(await form(page, name).getByLabel('备注').inputValue(), kept)
  }
  const givesUp = async (page: Page, name: string) => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '放弃' }).click()
    await form(page, name).waitFor({ state: 'hidden' })
  }

  step('mei', 'stays open in the drawer when somebody deletes the contact', async (page) => {
    const { id }: { id: string } = await hers.make(`${customer}/contacts`, { name: '陆掌柜' })
    await page.goto('/contacts')
    await page.getByRole('link', { name: '陆掌柜' }).click()
    await page.getByRole('button', { name: '修改', exact: true }).click()
    await form(page, '陆掌柜').getByLabel('备注').fill(kept)
    const path = `${customer}/contacts/${id}`
    assert.equal((await hers.call('DELETE', path, { version: 1 })).status, 200)
    await staysOpen(page, '陆掌柜')
    await givesUp(page, '陆掌柜')
    await page.getByRole('alert').getByText('这条记录已不在').waitFor()
    assert.equal(await page.getByRole('heading', { name: '陆掌柜' }).count(), 0)
  })

  step('eve', 'stays open on the page when a share ends', async (page) => {
    const me: { id: number } = await (
      await openClient(product.address, { username: 'eve', password: 'eve-password' })
    ).get('/me')
    await hers.make(`${customer}/contacts`, { name: '沈掌柜' })
    const member: { id: string; version: number } = await hers.make(`${customer}/members`, {
      ...{ principal_id: me.id, access: 'write', until: null, role: null, reason: null },
    })
    await page.goto(customer)
    await page.getByRole('button', { name: '沈掌柜 的更多操作' }).click()
    await page.getByRole('menuitem', { name: '修改 沈掌柜' }).click()
    await form(page, '沈掌柜').getByLabel('备注').fill(kept)
    const path = `${customer}/members/${member.id}`
    assert.equal((await hers.call('DELETE', path, { version: member.version })).status, 200)
    await form(page, '沈掌柜').getByRole('button', { name: '保存' }).click()
    await staysOpen(page, '沈掌柜')
    await givesUp(page, '沈掌柜')
    await page.getByRole('heading', { name: '看不到这位客户' }).waitFor()
  })

  step('mei', 'leaves what is typed on the page in sight, and nothing else', async (page) => {
    const made: { id: string; version: number } = await hers.make('/customers', {
      ...{ name: '龙井村合作社', note: '年底续约' },
    })
    await page.goto(`/customers/${made.id}`)
    await page.getByRole('button', { name: '修改备注' }).waitFor()
    const said = page.getByRole('textbox', { name: /说了什么/ })
    await said.waitFor()
    await page.keyboard.press('n')
    await shown(page.getByRole('button', { name: '记下', exact: true })).waitFor()
    await said.fill(kept)
    const next = page.getByRole('textbox', { name: '下一步做什么' })
    await next.fill(kept)
    await page.getByRole('button', { name: '修改备注' }).click()
    const editor = page.getByRole('group', { name: '修改备注' }).getByRole('textbox')
    await editor.fill(kept)
    const root = await openClient(product.address, administrator)
    const { status } = await root.call('DELETE', `/customers/${made.id}`, { version: made.version })
    assert.equal(status, 200)
    await page.getByRole('alert').getByText('移出了可见范围').waitFor()
    for (const each of [said, next, editor]) assert.equal(await each.inputValue(), kept)
    assert.equal(await page.getByRole('heading', { name: '龙井村合作社' }).count(), 0)
    await next.click()
    await next.fill('')
    assert.equal(await editor.inputValue(), kept, 'a press elsewhere saves nothing')
    await editor.press('Escape')
    await editor.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '记下', exact: true }).click()
    const refused = page.getByRole('alert').filter({ hasText: '没有记下' })
    await refused.getByRole('button', { name: '取回修改' }).click()
    await refused.waitFor({ state: 'hidden' })
    assert.equal(await said.inputValue(), kept, 'what could not be noted is not lost')
    await said.fill('')
    await page.getByRole('heading', { name: '看不到这位客户' }).waitFor()
  })
})

describe('a reader', () => {
  step('bob', 'sees the customer with its numbers masked, and no button to write', async (page) => {
    await page.goto(customer)
    await page.getByRole('heading', { level: 1, name: '西湖茶业有限公司' }).waitFor()
    await shown(page.getByText('138****8000')).waitFor()
    assert.doesNotMatch(await page.getByRole('main').innerText(), /13800138000|138 0013 8000/)
    for (const name of ['修改', '记下', '完成', '新建客户', '查看完整电话'])
      assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name)
    await page.goto('/customers')
    await page.getByRole('link', { name: '西湖茶业有限公司' }).waitFor()
    assert.equal(await page.getByRole('button', { name: '新建客户' }).count(), 0)
  })
})

describe('somebody who may see covered values for a reason', () => {
  step('ward', 'sees the number whole after saying why, and it is written down', async (page) => {
    await page.goto(customer)
    const ways = page.getByRole('region', { name: '联系方式' })
    await ways.getByText('138****8000').waitFor()
    const see = ways.getByRole('button', { name: '查看完整电话' })
    await see.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '查看完整电话' })
    await dialog.getByText('查看会留痕').waitFor()
    assert.ok(await dialog.getByRole('button', { name: /^查\s?看$/ }).isDisabled(), 'no reason yet')
    await dialog.getByLabel('原因').fill('核对合同')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await ways.getByText('138 0013 8000').waitFor()
    await ways.getByRole('button', { name: '复制电话' }).waitFor()
    await ways.getByRole('button', { name: '重新隐去电话' }).click()
    await ways.getByText('138****8000').waitFor()
    await page.reload()
    await ways.getByText('138****8000').waitFor()
    const noted = page.getByText('查看了客户的完整电话，原因：核对合同')
    await shown(noted).waitFor()
    const history: unknown = await (await openClient(product.address, administrator)).get(
      `${customer}/chronicle`,
    )
    const viewed = JSON.stringify(history)
      .split('{"type"')
      .filter((each) => each.includes('customer.plain_viewed'))
    assert.equal(viewed.length, 1)
    assert.doesNotMatch(viewed.join(), /13800138000/)
  })
})

describe('a stranger', () => {
  step('eve', 'is told the same of a customer that she may not see as of none', async (page) => {
    await page.goto(customer)
    await page.getByRole('heading', { name: '看不到这位客户' }).waitFor()
    await page.goto('/customers/01980000-0000-7000-8000-000000000000')
    await page.getByRole('heading', { name: '看不到这位客户' }).waitFor()
    await page.goto('/customers')
    await page.getByText('还没有客户').waitFor()
  })

  step('eve', 'who is made an administrator comes to the pages of one at once', async (page) => {
    await page.goto('/settings')
    const people = page
      .getByRole('navigation', { name: '设置' })
      .getByRole('link', { name: '人员' })
    await page.getByRole('navigation', { name: '设置' }).getByRole('link').first().waitFor()
    assert.equal(await people.count(), 0)
    // What she was told of people before is all that there is until the new answer has come.
    const told = Promise.withResolvers<void>()
    await page.route('**/api/people', async (route) => {
      await told.promise
      await route.continue()
    })
    const root = await openClient(product.address, administrator)
    const { items }: { items: { id: number; username: string; version: number }[] } =
      await root.get('/people')
    const { id, version } = items.find(({ username }) => username === 'eve') ?? {
      id: 0,
      version: 0,
    }
    const body = { roles: ['administrator'] }
    assert.equal((await root.call('PATCH', `/people/${id}`, { body, version })).status, 200)
    await people.click()
    await page.getByRole('table', { name: '人员' }).waitFor()
    told.resolve()
    await page.getByRole('row').filter({ hasText: '梅主管' }).getByText('主管').last().waitFor()
  })

  it('nobody met an error', async () => {
    for (const visitor of Object.values(visitors)) await visitor.leave()
  })
})
