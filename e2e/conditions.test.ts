import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Page } from 'playwright-core'
import type { Client } from '#app/testing/client.ts'
import { until } from '#app/testing/product.ts'
import { assertAccessible } from './accessible.ts'
import { administrator, openProduct } from './product.ts'
import { openStage } from './steps.ts'

let root: Client
let page: Page
const stage = openStage(async (client) => {
  root = client
  const dayMs = 86_400_000
  const at = (days: number) => new Date(Date.now() - days * dayMs).toISOString()
  const make = async (name: string, spoken: number | undefined, tasks: string[], done = false) => {
    const { id }: { id: string } = await root.make('/customers', { name })
    const base = `/customers/${id}`
    if (spoken !== undefined)
      await root.make(`${base}/interactions`, { at: at(spoken), summary: '谈过', channel: 'call' })
    for (const title of tasks) {
      const made: { id: string; version: number } = await root.make(`${base}/tasks`, {
        ...{ title, due_on: '2031-01-01' },
      })
      if (done)
        await root.call('POST', `${base}/tasks/${made.id}/completion`, { version: made.version })
    }
  }
  await make('久未联系有任务', 60, ['写方案', '寄样品'])
  await make('久未联系无任务', 60, [])
  await make('刚联系有任务', 1, ['回访'])
  await make('从未联系已办完', undefined, ['报价'], true)
  return { boss: administrator }
}, openProduct)
const step = (what: string, run: () => Promise<void>) =>
  stage.step('boss', what, async (screen) => {
    page = screen
    await run()
  })

const builder = () => page.getByRole('dialog', { name: '组合条件' })
/** Chooses one of a list by typing a part of it, as the keyboard does. */
const choose = async (label: string, text: string) => {
  const field = builder().getByRole('combobox', { name: label }).last()
  await field.focus()
  await page.keyboard.press('Enter')
  await page.locator('.ant-select-dropdown:visible').getByText(text, { exact: true }).click()
}
const shows = async (...wanted: string[]) => {
  const links = page.getByRole('table').getByRole('link')
  const same = async () => (await links.allInnerTexts()).sort().join() === wanted.join()
  await until(same, `the list of ${wanted}`)
}

describe('a condition about what is related', () => {
  step('is built as a sentence, and counted while it is built', async () => {
    await page.goto('/customers')
    await page.getByRole('button', { name: '组合条件…' }).click()
    await choose('哪一项', '最近联系')
    await choose('怎样比较最近联系', '在几天以前')
    await builder().getByRole('textbox', { name: '天' }).fill('30')
    await builder().getByText('符合 3 条').waitFor()
    await builder().getByRole('button', { name: '相关记录' }).click()
    await page.getByRole('menuitem', { name: '任务' }).click()
    const more = builder().getByRole('button', { name: '条件', exact: true })
    await more.nth(1).waitFor()
    const items = builder().getByRole('combobox', { name: '哪一项' })
    const before = await items.count()
    await more.first().click()
    await items.nth(before).waitFor()
    await choose('哪一项', '完成时间')
    await choose('怎样比较完成时间', '没有填')
    await builder().getByText('30 天未联系 且 有任务（未完成）').waitFor()
    await builder().getByText('符合 1 条').waitFor()
    await builder().getByRole('button', { name: '应用' }).click()
    await page.getByRole('button', { name: '修改条件「有任务（未完成）」' }).waitFor()
    await shows('久未联系有任务')
  })

  step('is kept as a view that finds the same when it is opened again', async () => {
    await page.getByRole('button', { name: '视图', exact: true }).click()
    await page.getByRole('menuitem', { name: '另存为视图…' }).click()
    await page.getByLabel('视图名称').fill('该催了')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('tab', { name: '该催了', selected: true }).waitFor()
    await page.goto('/customers')
    await page.getByRole('tab', { name: '该催了' }).click()
    await page.getByRole('button', { name: '修改条件「有任务（未完成）」' }).waitFor()
    await shows('久未联系有任务')
    const kept: { items: { definition: { filter: unknown } }[] } =
      await root.get('/views?entity=customer')
    const where = { field: 'done_at', is: 'empty' }
    assert.deepEqual(kept.items[0]?.definition.filter, {
      all: [
        { field: 'last_contact_at', is: 'not_in_last_days', value: 30 },
        { related: 'tasks', is: 'some', where },
      ],
    })
  })

  step('tells why a record is among those that it finds', async () => {
    await page.getByRole('table').getByRole('link', { name: '久未联系有任务' }).click()
    await page.getByRole('button', { name: '为什么在这里' }).click()
    const why = page.getByRole('dialog', { name: '为什么在这里' })
    await why.getByText('它在这里，因为').waitFor()
    await why.getByText('共 2 个：寄样品、写方案').waitFor()
    await why.getByRole('button', { name: 'Close' }).or(why.getByLabel('关闭')).first().click()
  })

  step('and why another is not', async () => {
    await page.goto('/customers')
    await page.getByRole('tab', { name: '该催了' }).click()
    await page.getByRole('button', { name: '视图', exact: true }).click()
    await page.getByRole('menuitem', { name: '某条为什么在、为什么不在…' }).click()
    await page.getByRole('combobox', { name: '选一条记录' }).fill('从未联系')
    await page
      .locator('.ant-select-dropdown:visible')
      .getByText('从未联系已办完', { exact: true })
      .click()
    const why = page.getByRole('dialog', { name: '某条为什么在、为什么不在…' })
    await why.getByText('它不在这里，因为').waitFor()
    await why.getByText('一个也没有').waitFor()
  })
})

describe('a whole value that is stored encrypted', () => {
  step('finds its record from the list, and nothing by less', async () => {
    const definition = { name: 'x_id', kind: 'idNumber', label: { zh: '证件号', en: '' } }
    await root.make('/fields', { entity: 'customer', definition })
    await root.make('/customers', { name: '持证的人', x_id: '11010519491231002X' })
    await page.goto('/customers')
    await page.getByRole('button', { name: '按完整证件号查找' }).click()
    const dialog = page.getByRole('dialog', { name: '按完整证件号查找' })
    const field = dialog.getByRole('textbox', { name: '完整证件号' })
    await field.fill('11010519491231002')
    await page.keyboard.press('Enter')
    await dialog.getByText('没有找到：看得到的记录里没有这个证件号').waitFor()
    await field.fill('110105 19491231 002x')
    await page.keyboard.press('Enter')
    await dialog.getByText('找到 1 条').waitFor()
    await assertAccessible(page, '按完整证件号查找')
    await dialog.getByRole('link', { name: '持证的人' }).click()
    await page.getByRole('heading', { name: '持证的人' }).waitFor()
    await stage.leave()
  })
})
