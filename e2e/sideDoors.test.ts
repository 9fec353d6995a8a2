import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'
import type { Browser, Locator, Page, Request } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { until } from '#app/testing/product.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { hireOne, shown, signIn, story } from './steps.ts'

/** A customer of somebody else and all below it: nothing of this is for the narrow person to know. */
const theirs = {
  ...{ name: '隐湖密藏有限公司', note: '内情勿泄', contact: '藏锋客' },
  ...{ task: '夜访暗桩', said: '耳语一番', view: '老板的清单' },
}
const outOfSight = ['密藏', theirs.note, theirs.contact, theirs.task, theirs.said, theirs.view]
/** What is covered even where its record is in sight: of the other customer, its contact, the own one. */
const ways = [
  { phones: ['13987650001'], email: 'hidden@yinhu.cn', wechat: 'yinhu-wx' },
  { phones: ['13787650002'], email: 'cang@yinhu.cn' },
  { phones: ['13612340003'], email: 'covered@mingxi.cn', birth_date: '1971-02-03' },
]
const covered = ways.flatMap((each) => Object.values(each).flat())
const own = '明溪茶人'

let product: Opened
let browser: Browser
let visitor: Visitor
let page: Page
let root: Client
let [role, narrow, theirPath, ownPath, view] = ['', 0, '', '', '']
before(async () => {
  product = await openProduct()
  root = await openClient(product.address, administrator)
  role = await made('/roles', {
    ...{ label: { zh: '只看自己的', en: '' }, description: '', default_scope: 'own' },
    ...{ departments: [], rights: rights('own') },
  })
  const person = await hireOne(root, {
    username: 'zhai',
    name: '翟员工',
    roles: [role],
    scope: 'own',
  })
  narrow = person.id
  const { name, note, contact, task, said } = theirs
  theirPath = `/customers/${await made('/customers', { name, note, ...ways[0] })}`
  await made(`${theirPath}/contacts`, { name: contact, ...ways[1] })
  await made(`${theirPath}/tasks`, { title: task, due_on: '2031-01-01' })
  await made(`${theirPath}/interactions`, { summary: said, channel: 'call' })
  const mine = { name: own, kind: 'person', owner_id: narrow, gender: 'male', ...ways[2] }
  ownPath = `/customers/${await made('/customers', mine)}`
  const filter = { all: [{ field: 'phones', is: 'has', value: covered[0] }] }
  const saved = { name: theirs.view, shared_with: [1], definition: { filter } }
  view = await made('/views', { entity: 'customer', ...saved })
  browser = await openBrowser()
  visitor = await visit(browser, product.address)
  page = visitor.page
  listen()
  await signIn(page, person)
})
after(async () => {
  await browser?.close()
  await product?.close()
})

const made = async (path: string, body: unknown) => {
  const { id }: { id: never } = await root.make(path, body)
  return id
}
const rights = (edit: 'own' | 'none') => ({
  kinds: { '*': { view: 'own', create: 'own', edit } },
  levels: { internal: 'write', personal: 'masked', sensitive: 'hidden' },
  ...{ keys: [], fields: { 'customer.last_contact_at': 'masked' } },
})

const tell = story()
const step = (what: string, run: () => Promise<void>) => tell(() => page, what, run)

/** Everything that came to this browser, and whether the other customer was shared at that time. */
const seen: { shared: boolean; where: string; text: string }[] = []
const asked = new Map<Request, boolean>()
let shared = false
const listen = () => {
  page.context().on('request', (request) => {
    const { pathname } = new URL(request.url())
    // The line of changes never ends, and tells ids alone.
    if (pathname.startsWith('/api/') && pathname !== '/api/live') asked.set(request, shared)
  })
  page.context().on('requestfailed', (request) => asked.delete(request))
  page.context().on('requestfinished', async (request) => {
    const before = asked.get(request)
    if (before === undefined) return
    const answer = request.response().then((each) => each?.text())
    const text = await answer.catch(() => again(request)).catch(() => undefined)
    // One that could not be read stays among those that are waited for: nothing slips by.
    if (text === undefined) return
    seen.push({ shared: before || shared, where: request.url(), text })
    asked.delete(request)
  })
}

/** The browser drops an answer with the page that asked for it, so whoever left early asks anew. */
const again = async (request: Request) => {
  if (request.method() !== 'GET') return undefined
  const answer = await page.request.get(request.url(), { maxRetries: 2 })
  return answer.text()
}

const settled = () => until(() => asked.size === 0, 'the answers')
const go = async (address: string) => {
  await settled()
  await page.goto(address)
}

/** Keeps what the page shows once it has all that it asked for, and holds it to what every page owes. */
const read = async () => {
  await settled()
  const text = (await page.getByRole('main').or(page.getByRole('dialog')).allInnerTexts()).join()
  assert.match(text, /\p{Script=Han}{4}/u, `${page.url()} says something in Chinese`)
  assert.doesNotMatch(text, /[a-z]+_[a-z_]+/, `${page.url()} speaks to people`)
  seen.push({ shared, where: page.url(), text: `${text}\n${await page.content()}` })
}

const customers = (search: Record<string, string>) => `/customers?${new URLSearchParams(search)}`
const byPhone = JSON.stringify({ all: [{ field: 'phones', is: 'has', value: '13900000000' }] })
const idIn = (path: string) => path.replace('/customers/', '')
const row = (name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
const refusal = (form: Locator) => form.getByRole('alert').filter({ hasText: '已填的内容都还在。' })
const customerForm = (name: string) => page.getByRole('dialog', { name: `修改 ${name}` })

/** An address typed by hand says what is the matter, and the way back that it offers leads on. */
const refused = async (address: string, says: string, back: string) => {
  await go(address)
  await page.getByText(says).first().waitFor()
  await read()
  const way = page.getByRole('link', { name: back }).or(page.getByRole('button', { name: back }))
  await way.filter({ visible: true }).first().click()
  await page.getByText(says).first().waitFor({ state: 'hidden' })
  await read()
}

/** No button, link or menu that is open offers what this person may not do, but what they may. */
const isNotOffered = async (where: string, offered: RegExp) => {
  const offers = page.getByRole('button').or(page.getByRole('menuitem')).or(page.getByRole('link'))
  const names = (await offers.allInnerTexts()).join('\n')
  assert.match(names, offered, where)
  assert.doesNotMatch(names, /导出|导入|删除|移交|转移|查看完整/, where)
  assert.equal(await page.getByRole('button', { name: '更多', exact: true }).count(), 0, where)
}

describe('an address typed by hand', () => {
  step('of a page for others says that it is for others', async () => {
    for (const each of ['people', 'roles', 'fields', 'imports', 'exports', 'bin', 'keys'])
      await refused(`/settings/${each}`, '没有打开这一页的权限', '我的账号')
    const links = page.getByRole('navigation', { name: '设置' }).getByRole('link')
    assert.deepEqual(await links.allInnerTexts(), ['我的账号', '我的权限'])
    await refused('/settings/people/1/access', '没有做这件事的权限', '我的权限')
    await refused(`/settings/imports/${crypto.randomUUID()}`, '没能读到内容', '我的账号')
  })

  step('is not shown either while the page that one leaves it for is on its way', async () => {
    const forOthers = page.getByText('没有打开这一页的权限')
    await go('/settings/people')
    await forOthers.waitFor()
    const come = Promise.withResolvers<void>()
    await page.route('**/assets/*.js', async (route) => {
      await come.promise
      await route.continue()
    })
    await shown(page.getByRole('link', { name: '我的账号' })).click()
    await page.waitForURL('**/settings')
    assert.ok(await forOthers.isVisible())
    assert.equal(await page.getByRole('table').count(), 0)
    come.resolve()
    await forOthers.waitFor({ state: 'hidden' })
    await page.unroute('**/assets/*.js')
    await read()
  })

  step('of a customer out of sight says no more than of one that never was', async () => {
    const never = crypto.randomUUID()
    for (const path of [theirPath, `/customers/${never}`, '/customers/nobody'])
      await refused(path, '看不到这位客户', '返回客户列表')
    for (const open of [idIn(theirPath), never]) {
      await go(customers({ open }))
      const drawer = page.getByRole('dialog', { name: /^客户/ })
      await drawer.getByText('看不到这位客户').waitFor()
      await read()
      assert.doesNotMatch(await drawer.innerText(), /修改|更多/)
    }
  })

  step('of another shape is made of what may be read', async () => {
    const shapes = [
      ['chart', 'gender', page.getByRole('figure', { name: '按阶段统计' })],
      ['board', 'gender', page.getByRole('list', { name: '潜在', exact: true }).getByText(own)],
      ['calendar', 'birth_date', page.getByRole('button', { name: '上个月' })],
    ] as const
    for (const [as, by, sign] of shapes) {
      await go(customers({ as, by }))
      await sign.waitFor()
      await read()
      assert.equal(await page.getByText(/性别|出生日期/).count(), 0)
    }
  })

  step('with a condition or an order by what is covered says so, in every shape', async () => {
    const noRight = '没有查看这一项的权限，请去掉这个条件'
    for (const as of ['board', 'chart', 'calendar', 'table'])
      await refused(customers({ as, filter: byPhone }), noRight, '看整个列表')
    await row(own).waitFor()
    await refused(customers({ sort: '-last_contact_at' }), noRight, '看整个列表')
    await refused(customers({ sort: 'phones' }), '不能按这一项排序', '看整个列表')
    await refused(customers({ filter: '{"all":[' }), '这个条件看不懂', '看整个列表')
    await refused(customers({ q: '12340003' }), '没有符合的客户', '清空条件')
    await row(own).waitFor()
  })

  step('that was made up says so', async () => {
    for (const path of ['/nowhere', '/settings/nowhere', `${theirPath}/secrets`])
      await refused(path, '没有这个页面', '回到首页')
  })
})

describe('the search', () => {
  step('finds neither whom one may not see nor by what is covered', async () => {
    await go('/customers')
    await row(own).waitFor()
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: '搜索与命令' })
    const field = palette.getByRole('combobox')
    await field.fill('mingxi')
    await palette.getByRole('option', { name: own }).waitFor()
    const words = ['隐湖', 'yinhu', '耳语', '夜访', '藏锋', '87650001', '12340003', 'covered@ming']
    for (const word of [...words, '导入', '回收站', '人员', '角色']) {
      const answer = page.waitForResponse(
        (each) => new URL(each.url()).searchParams.get('q') === word,
      )
      await field.fill(word)
      assert.deepEqual(await (await answer).json(), { items: [], records: [] })
      await palette.getByText(`没有找到「${word}」`).waitFor()
      assert.equal(await palette.getByRole('option').count(), 0, word)
    }
    await page.keyboard.press('Escape')
  })

  step('a view of the administrator by what is covered is not there', async () => {
    await go(customers({ view }))
    await row(own).waitFor()
    const tabs = await page.getByRole('tab').allInnerTexts()
    assert.deepEqual(tabs, ['全部', '我负责的', '无下一步'])
    await read()
  })
})

describe('what one may not do', () => {
  step('is in no menu of the list, of many rows, of the record', async () => {
    await go('/customers')
    await row(own).waitFor()
    await isNotOffered('the list', /新建客户/)
    await row(own).getByRole('checkbox').check({ force: true })
    await page.getByText('已选 1 条').waitFor()
    await isNotOffered('many rows', /打标签/)
    await go(customers({ open: idIn(ownPath) }))
    await page.getByRole('button', { name: '修改', exact: true }).waitFor()
    await isNotOffered('the drawer', /修改/)
    await go(ownPath)
    await shown(page.getByText('136****0003')).waitFor()
    await isNotOffered('the page', /修改/)
    await read()
  })

  step('no key does it either', async () => {
    const written: string[] = []
    const note = (request: Request) => request.method() !== 'GET' && written.push(request.url())
    page.on('request', note)
    const keys = ['j', 'Delete', 'Backspace', 'Shift+Delete', 'd', 'Control+e', 'x', 'Delete']
    for (const address of ['/customers', ownPath]) {
      await go(address)
      await page.getByText(own).first().waitFor()
      for (const key of keys) {
        await page.keyboard.press(key)
        assert.equal(await page.getByRole('dialog').count(), 0, `${key} on ${address}`)
      }
      await read()
    }
    assert.deepEqual(written, [])
    assert.equal((await page.request.get('/api/customers/export?format=csv')).status(), 403)
  })
})

describe('a customer that is shared until today', () => {
  let member = ''
  step('appears in the list and opens, with its ways covered', async () => {
    const { today }: { today: string } = await root.get('/me')
    shared = true
    const share = { principal_id: narrow, access: 'write', until: today }
    member = await made(`${theirPath}/members`, share)
    await go('/customers')
    await row(theirs.name).getByRole('link').click()
    await page.getByRole('heading', { level: 1, name: theirs.name }).waitFor()
    await go(theirPath)
    for (const text of ['139****0001', theirs.contact, theirs.task, theirs.said])
      await shown(page.getByText(text)).waitFor()
    await isNotOffered('what is shared', /修改/)
    assert.equal(await page.getByText('还没有联系过').count(), 0, 'a covered value is not a lack')
    await read()
  })

  step('once it is not, says so where somebody writes, and keeps what they wrote', async () => {
    await page.getByRole('button', { name: '修改', exact: true }).click()
    const form = customerForm(theirs.name)
    await form.getByLabel('备注').fill('窄：补一句')
    assert.equal(await form.getByLabel(/电话|邮箱|微信/).count(), 0, 'what is covered is not asked')
    await settled()
    const ended = await root.call('DELETE', `${theirPath}/members/${member}`, { version: 1 })
    assert.equal(ended.status, 200)
    shared = false
    await form.getByRole('button', { name: '保存' }).click()
    await refusal(form).getByText('这条记录已不在，或不在可见范围内').waitFor()
    // Whoever comes back to the window has the page read its record anew, once that is old enough.
    const back = () => page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
    const noticed = page.getByText(/移出了可见范围|看不到这位客户/)
    await until(async () => back().then(async () => (await noticed.count()) > 0), 'a new reading')
    await form.getByText('移出了可见范围').waitFor()
    assert.equal(await form.getByLabel('备注').inputValue(), '窄：补一句')
    const { note }: { note: string } = await root.get(theirPath)
    assert.equal(note, theirs.note)
  })

  step('and leaves the page and the list', async () => {
    await customerForm(theirs.name).getByRole('button', { name: '取消' }).click()
    await page.getByRole('button', { name: '放弃修改' }).click()
    await page.getByText('看不到这位客户').waitFor()
    await refused(theirPath, '看不到这位客户', '返回客户列表')
    await row(own).waitFor()
    assert.equal(await page.getByText(theirs.name).count(), 0)
  })
})

describe('a right that is taken away while a form lies open', () => {
  step('refuses to save, says why, and keeps what was typed', async () => {
    await go(ownPath)
    await page.getByRole('button', { name: '修改', exact: true }).click()
    const form = customerForm(own)
    await form.getByLabel('备注').fill('下周再谈')
    const less = { body: { rights: rights('none') }, version: 1 }
    assert.equal((await root.call('PATCH', `/roles/${role}`, less)).status, 200)
    await form.getByRole('button', { name: '保存' }).click()
    await refusal(form).getByText('没有做这件事的权限').waitFor()
    assert.equal(await form.getByLabel('备注').inputValue(), '下周再谈')
    await read()
    const { note, version }: { note: string | null; version: number } = await root.get(ownPath)
    assert.deepEqual([note, version], [null, 1])
    await page.reload()
    await shown(page.getByText('136****0003')).waitFor()
    assert.equal(await page.getByRole('button', { name: '修改', exact: true }).count(), 0)
    await read()
  })

  step('nothing out of sight or covered has come to this browser', async () => {
    await settled()
    const came = (text: string) => seen.some((each) => each.shared && each.text.includes(text))
    for (const text of outOfSight.slice(0, 5)) assert.ok(came(text), `${text} while it was shared`)
    assert.ok(came('139****0001') && seen.some(({ text }) => text.includes('136****0003')))
    for (const each of seen) {
      const text = each.text.replace(/\s/g, '')
      for (const secret of [...covered, ...(each.shared ? [theirs.view] : outOfSight)])
        assert.ok(!text.includes(secret), `${secret} in ${each.where}: ${each.text.slice(0, 500)}`)
    }
    await visitor.leave()
  })
})
