import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Page } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { until } from '#app/testing/product.ts'
import { administrator, openProduct } from './product.ts'
import { hire, openStage } from './steps.ts'

const name = '北方钢材有限公司'
let root: Client
let customer = ''
const { step, leave } = openStage(async (client, { address }) => {
  root = client
  const { bob, mei } = await hire(address, root)
  customer = await filled(await openClient(address, mei))
  return { bob, mei, boss: administrator }
}, openProduct)

/** A customer with something of every kind below it. */
const filled = async (by: Client): Promise<string> => {
  const { id }: { id: string } = await by.make('/customers', { name, phones: ['13800138000'] })
  const path = `/customers/${id}`
  await by.make(`${path}/contacts`, { name: '单雄信' })
  await by.make(`${path}/contacts`, { name: '秦琼' })
  await by.make(`${path}/tasks`, { title: '寄样品', due_on: '2027-01-05' })
  const raw = new TextEncoder().encode('一百元')
  assert.equal((await by.call('POST', `${path}/files?name=报价.txt`, { raw })).status, 201)
  return path
}

const lineOf = (page: Page, title: string) =>
  page.getByRole('list', { name: '回收站' }).getByRole('listitem').filter({ hasText: title })
const remove = async (page: Page, address: string, title: string) => {
  await page.goto(address)
  await page.getByRole('button', { name: '更多' }).first().click()
  await page.getByRole('menuitem', { name: '删除' }).click()
  const dialog = page.getByRole('dialog', { name: new RegExp(`删除.*${title}`) })
  await dialog.waitFor()
  return dialog
}
const countOf = async (path: string): Promise<number> => {
  const { items }: { items: unknown[] } = await root.get(path)
  return items.length
}
const named = async (title: string) => {
  const { items }: { items: { id: string; name: string }[] } = await root.get('/customers')
  return items.filter((each) => each.name === title)
}

describe('many deleted at once', () => {
  const names = ['甲号仓库', '乙号仓库', '丙号仓库']
  const ids = new Map<string, string>()
  step('mei', 'are asked for once, with what goes along of all of them', async (page) => {
    for (const each of names) {
      const { id }: { id: string } = await root.make('/customers', { name: each })
      ids.set(each, `/customers/${id}`)
      await root.make(`/customers/${id}/contacts`, { name: `${each}的仓管` })
    }
    await root.make(`${ids.get('乙号仓库')}/tasks`, { title: '盘点', due_on: '2027-01-05' })
    await page.goto('/customers?q=号仓库')
    for (const each of names) {
      const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: each }) })
      await row.getByRole('checkbox').check({ force: true })
    }
    await page.getByText('已选 3 条').waitFor()
    await page.getByRole('button', { name: '删除…' }).click()
    const dialog = page.getByRole('dialog', { name: '删除 3 条记录？' })
    await dialog.getByText('一并删除：').waitFor()
    for (const line of ['联系人 3', '任务 1'])
      await dialog.getByRole('listitem').filter({ hasText: line }).waitFor()
    await dialog.getByText('盘点').waitFor()
    const leave = dialog.getByRole('button', { name: /^取\s?消$/ })
    await leave.and(page.locator(':focus')).waitFor()
    await dialog.getByText('30 天内可在回收站恢复').waitFor()
  })

  step('mei', 'tell which were left, and why', async (page) => {
    const path = ids.get('丙号仓库') ?? ''
    const { status } = await root.call('PATCH', path, { body: { note: '还要用' }, version: 1 })
    assert.equal(status, 200)
    const dialog = page.getByRole('dialog', { name: '删除 3 条记录？' })
    await dialog.getByRole('button', { name: /^删\s?除$/ }).click()
    await dialog.getByText('成功 2，失败 1').waitFor()
    const left = dialog.getByRole('list', { name: '没有成功的记录' }).getByRole('listitem')
    await left.filter({ hasText: '丙号仓库' }).getByText('别人刚改过这条记录').waitFor()
    assert.equal(await left.count(), 1)
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: '甲号仓库' }).waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: '丙号仓库' }).waitFor()
    const found: { items: { name: string }[] } = await root.get('/customers?q=号仓库')
    assert.deepEqual(
      found.items.map((each) => each.name),
      ['丙号仓库'],
    )
    await page.goto('/settings/bin')
    await lineOf(page, '乙号仓库').getByText('一并删除 联系人 1 · 任务 1').waitFor()
    for (const each of ['甲号仓库', '乙号仓库']) {
      await page.getByRole('button', { name: `恢复 ${each}` }).click()
      await lineOf(page, each).waitFor({ state: 'hidden' })
    }
    assert.equal(await countOf(`${ids.get('乙号仓库')}/tasks`), 1)
  })
})

describe('what was deleted', () => {
  step('mei', 'goes with all below it, which is said beforehand', async (page) => {
    const dialog = await remove(page, customer, name)
    for (const line of ['联系人 2', '任务 1', '文件 1'])
      await dialog.getByRole('listitem').filter({ hasText: line }).waitFor()
    await dialog.getByText('30 天内可在回收站恢复').waitFor()
    await dialog.getByRole('button', { name: /^删\s?除$/ }).click()
    const toast = page.getByRole('status').filter({ hasText: name })
    await toast.getByRole('button', { name: '撤销' }).waitFor()
    await toast.getByRole('button', { name: '回收站' }).click()
    assert.equal((await root.call('GET', customer)).status, 404)
    const line = lineOf(page, name)
    await line.getByText('一并删除 联系人 2 · 任务 1 · 文件 1').waitFor()
    await line.getByText('还剩 30 天').waitFor()
    await line.getByText(/梅主管 .*删除/).waitFor()
  })

  step('bob', 'is not there for who may not delete', async (page) => {
    assert.equal((await page.request.get('/api/bin')).status(), 200)
    const { items } = await (await page.request.get('/api/bin')).json()
    assert.deepEqual(items, [])
    await page.goto('/settings/bin')
    await page.getByText('没有打开这一页的权限').waitFor()
    assert.equal(await page.getByText(name).count(), 0)
    assert.equal(await page.getByRole('link', { name: '回收站' }).count(), 0)
  })

  step(
    'mei',
    'comes back with all below it, beside one that took its name meanwhile',
    async (page) => {
      await root.make('/customers', { name, phones: ['13800138000'] })
      await page.reload()
      await page.getByRole('button', { name: `恢复 ${name}` }).click()
      await page.getByText('已恢复 1 条').waitFor()
      await page.getByText('回收站是空的').waitFor()
      assert.equal((await named(name)).length, 2)
      const counts = await Promise.all(
        ['contacts', 'tasks', 'files'].map((kind) => countOf(`${customer}/${kind}`)),
      )
      assert.deepEqual(counts, [2, 1, 1])
      const found: { items: { id: string }[] } = await root.get('/customers?q=13800138000')
      assert.equal(found.items.length, 2, 'both are found by the phone that they share')
    },
  )

  step('mei', 'waits for its customer, and says so', async (page) => {
    const { items }: { items: { id: string; version: number }[] } = await root.get(
      `${customer}/tasks`,
    )
    const [task] = items
    assert.equal(
      (await root.call('DELETE', `${customer}/tasks/${task?.id}`, { version: task?.version ?? 0 }))
        .status,
      200,
    )
    const dialog = await remove(page, customer, name)
    await dialog.getByRole('button', { name: /^删\s?除$/ }).click()
    await dialog.waitFor({ state: 'hidden' })
    await until(async () => (await root.call('GET', customer)).status === 404, 'the deletion')
    await page.goto('/settings/bin')
    await lineOf(page, '寄样品').getByText('客户也在回收站').waitFor()
    await page.getByRole('button', { name: '恢复 寄样品' }).click()
    const told = page.getByRole('dialog', { name: '成功 0 条，1 条没有做成' })
    await told.getByText(name).waitFor()
    await told.getByRole('button', { name: '知道了' }).click()
    assert.equal(await page.getByRole('button', { name: /彻底删除/ }).count(), 0)
  })

  step('boss', 'is erased for good by an administrator, who has to type so', async (page) => {
    await page.goto('/settings/bin')
    await page.getByRole('checkbox', { name: `选择 ${name}` }).check()
    await page.getByRole('button', { name: '彻底删除 1 条' }).click()
    const dialog = page.getByRole('dialog', { name: '彻底删除 1 条？' })
    const erase = dialog.getByRole('button', { name: '彻底删除' })
    assert.ok(await erase.isDisabled())
    await dialog.getByLabel('输入「彻底删除」以确认').fill('彻底删除')
    await erase.click()
    await page.getByText('已彻底删除 1 条').waitFor()
    await page.getByText('回收站是空的').waitFor()
    assert.equal((await named(name)).length, 1, 'the other of the same name stays')
    assert.equal((await root.call('GET', customer)).status, 404)
    const [bin, past]: [{ items: [] }, { status: number }] = [
      await root.get('/bin'),
      await root.call('GET', `${customer}/chronicle`),
    ]
    assert.deepEqual([bin.items, past.status], [[], 404])
    await leave()
  })
})
