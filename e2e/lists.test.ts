import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import type { Client } from '#app/testing/client.ts'
import { until } from '#app/testing/product.ts'
import type { Leaf } from '#platform/conditions/condition.ts'
import { administrator, openProduct } from './product.ts'
import { openStage } from './steps.ts'

let root: Client
let page: Page
const ids = new Map<string, string>()
const stage = openStage(async (client) => {
  root = client
  for (let at = 1; at <= 120; at += 1) {
    const name = `${String(at).padStart(3, '0')} 号店`
    const { id }: { id: string } = await root.make('/customers', { name, tags: ['旧'] })
    ids.set(name, id)
  }
  return { boss: administrator }
}, openProduct)
const step = (what: string, run: () => Promise<void>) =>
  stage.step('boss', what, async (screen) => {
    page = screen
    await run()
  })

type Stored = { name: string; tags: string[]; stage: string; version: number }
const stored = (name: string): Promise<Stored> => root.get(`/customers/${ids.get(name)}`)
const row = (name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name }) })
const editor = (label: string) => page.getByRole('group', { name: `修改${label}`, exact: true })
/** The editor of a value is there, and has the keyboard. */
const opened = (label: string) => editor(label).locator(':focus').waitFor({ state: 'attached' })
const byName = '/customers?sort=name'

describe('values changed in the table', () => {
  step('by keyboard: arrows go to a cell, Enter opens it, Enter saves and goes down', async () => {
    await page.goto(byName)
    await row('001 号店').waitFor()
    await page.keyboard.press('j')
    for (let at = 0; at < 3; at += 1) await page.keyboard.press('ArrowRight')
    await row('001 号店').locator('td:focus').waitFor()
    await page.keyboard.press('Enter')
    await opened('标签')
    await page.keyboard.type('重点，')
    await editor('标签').getByText('重点', { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await row('001 号店').getByText('重点').waitFor()
    await row('002 号店').locator('td:focus').waitFor()
    await until(async () => (await stored('001 号店')).version === 2, 'the tag to be stored')
    assert.deepEqual((await stored('001 号店')).tags, ['旧', '重点'])
  })

  step('Tab saves and goes to the right, Esc leaves everything as it was', async () => {
    await page.keyboard.press('e')
    await opened('标签')
    await page.keyboard.type('丢掉，')
    await page.keyboard.press('Escape')
    await editor('标签').waitFor({ state: 'hidden' })
    await row('002 号店').locator('td:focus').waitFor()
    await page.keyboard.press('Home')
    await page.keyboard.press('F2')
    await editor('名称').getByRole('textbox').fill('001 号店（总店）')
    await page.keyboard.press('Tab')
    await row('001 号店（总店）').locator('td:focus').waitFor()
    await until(async () => (await stored('001 号店')).name === '001 号店（总店）', 'the name')
    assert.deepEqual((await stored('002 号店')).tags, ['旧'])
  })

  step('what cannot be changed says why, what is wrong stays open', async () => {
    await page.getByRole('cell').nth(4).focus()
    await page.keyboard.press('Enter')
    await page.getByText('最近联系由系统填写，不能直接改').waitFor()
    await page.keyboard.press('Home')
    await page.keyboard.press('e')
    await editor('名称').getByRole('textbox').fill('')
    await page.keyboard.press('Enter')
    await editor('名称').getByText('这一项必须填写').waitFor()
    await page.keyboard.press('Escape')
    await editor('名称').waitFor({ state: 'hidden' })
    assert.equal((await stored('001 号店')).name, '001 号店（总店）')
  })

  step('by mouse: a double click opens, a choice is saved at once', async () => {
    await row('003 号店').getByRole('cell').nth(1).dblclick()
    await page.getByTitle('成交', { exact: true }).click()
    await until(async () => (await stored('003 号店')).version === 2, 'the stage to be stored')
    await row('003 号店').getByText('成交').waitFor()
    assert.equal(await page.getByRole('dialog').count(), 0, 'the record did not open')
  })

  step('somebody was faster: other fields merge, the same field is asked for', async () => {
    await row('004 号店').getByRole('cell').nth(3).dblclick()
    await opened('标签')
    const { version } = await stored('004 号店')
    const path = `/customers/${ids.get('004 号店')}`
    await root.call('PATCH', path, { body: { note: '先到' }, version })
    await page.keyboard.type('急，')
    await editor('标签').getByText('急', { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await until(async () => (await stored('004 号店')).version === version + 2, 'both changes')
    assert.deepEqual((await stored('004 号店')).tags, ['旧', '急'])
    await row('004 号店').getByText('急', { exact: true }).waitFor()
    await row('004 号店').getByRole('cell').nth(3).dblclick()
    await opened('标签')
    await root.call('PATCH', path, { body: { tags: ['别人的'] }, version: version + 2 })
    await page.keyboard.type('我的，')
    await editor('标签').getByText('我的', { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    const conflict = page.getByRole('dialog', { name: '别人刚改过这条记录' })
    await conflict.getByRole('group', { name: '标签' }).getByText('别人的').waitFor()
    await conflict.getByRole('radio', { name: /我填的/ }).check()
    await conflict.getByRole('button', { name: '保存' }).click()
    await conflict.waitFor({ state: 'hidden' })
    await until(async () => (await stored('004 号店')).tags.includes('我的'), 'my value')
  })
})

describe('records by steps', () => {
  step('next and previous follow the list beyond what it holds, in the drawer', async () => {
    await page.goto(`/customers?sort=name&open=${ids.get('119 号店')}`)
    await page.getByText('第 119 位，共 120 位').waitFor()
    await page.keyboard.press(']')
    await page.getByRole('heading', { level: 1, name: '120 号店' }).waitFor()
    await page.goto(byName)
    await page.getByRole('link', { name: '002 号店' }).click()
    await page.getByRole('heading', { level: 1, name: '002 号店' }).waitFor()
    await page.getByText('第 2 位，共 120 位').waitFor()
    await page.keyboard.press(']')
    await page.getByText('第 3 位，共 120 位').waitFor()
    await page.getByRole('heading', { level: 1, name: '003 号店' }).waitFor()
    await page.keyboard.press('Alt+ArrowUp')
    await page.getByRole('heading', { level: 1, name: '002 号店' }).waitFor()
    await page.getByRole('link', { name: '打开整页' }).click()
  })

  step(
    'on its page too, and after a reload; the way back leads to the list as it was',
    async () => {
      await page.getByRole('link', { name: '客户', exact: true }).last().waitFor()
      await page.getByText('第 2 位，共 120 位').waitFor()
      await page.reload()
      await page.getByText('第 2 位，共 120 位').waitFor()
      await page.getByRole('button', { name: '上一条' }).click()
      await page.getByText('第 1 位，共 120 位').waitFor()
      await page.getByRole('heading', { level: 1, name: '001 号店（总店）' }).waitFor()
      assert.ok(await page.getByRole('button', { name: '上一条' }).isDisabled())
      await page.getByRole('button', { name: '下一条' }).click()
      await page.getByRole('heading', { level: 1, name: '002 号店' }).waitFor()
      await page.getByRole('main').getByRole('link', { name: '客户', exact: true }).click()
      await page.getByRole('table').waitFor()
      assert.equal(new URL(page.url()).searchParams.get('sort'), 'name')
    },
  )

  step('a value on the card is changed where it stands', async () => {
    const id = ids.get('005 号店')
    const { version } = await stored('005 号店')
    await root.call('PATCH', `/customers/${id}`, { body: { industry: '茶叶' }, version })
    await page.goto(`/customers/${id}`)
    await page.getByRole('button', { name: '修改行业' }).click()
    await editor('行业').getByRole('combobox').fill('瓷器')
    await page.keyboard.press('Enter')
    await page.getByText('瓷器').first().waitFor()
    await until(async () => (await stored('005 号店')).version === version + 2, 'the industry')
  })
})

describe('many records at once', () => {
  step('all of a list but two, over pages that were never seen', async () => {
    await page.goto(byName)
    await row('001 号店').waitFor()
    await row('001 号店').getByRole('checkbox').check({ force: true })
    await page.getByRole('button', { name: '选择全部 120 条' }).click()
    await page.getByText('已选全部 120 条').waitFor()
    for (const name of ['002 号店', '003 号店'])
      await row(name).getByRole('checkbox').uncheck({ force: true })
    await page.getByText('已选 118 条，除去 2 条').waitFor()
    await page.getByRole('button', { name: '打标签…' }).click()
    const dialog = page.getByRole('dialog', { name: '给 118 条记录打标签' })
    await dialog.getByRole('combobox').first().fill('全选')
    await page.keyboard.press('Enter')
    await dialog.getByTitle('全选', { exact: true }).first().waitFor()
    await dialog.getByRole('button', { name: '开始' }).click()
    await dialog.getByText('成功 118，失败 0').waitFor()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    assert.ok((await stored('120 号店')).tags.includes('全选'))
    assert.deepEqual((await stored('002 号店')).tags, ['旧'])
  })
})

describe('a long list', () => {
  step('hears the key that follows at once on the one that enters it', async () => {
    await page.goto(byName)
    await row('001 号店').waitFor()
    await page.evaluate(() => {
      for (const key of ['j', 'End'])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    })
    await row('120 号店').waitFor()
  })

  step('loses none of several keys that are pressed before anything is drawn', async () => {
    const together = (...keys: string[]) =>
      page.evaluate((pressed) => {
        for (const key of pressed)
          (document.activeElement ?? document.body).dispatchEvent(
            new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
          )
      }, keys)
    const focusAt = (name: string) => row(name).locator('a:focus').waitFor()
    await page.goto(byName)
    await row('001 号店').waitFor()
    await together('j', 'j', 'Enter')
    const drawer = page.getByRole('dialog', { name: '客户 002 号店' })
    await drawer.waitFor()
    await together('Escape', 'j')
    await focusAt('003 号店')
    assert.equal(await page.getByRole('dialog').count(), 0)
    await together('j', 'x', 'j', 'x')
    await page.getByText('已选 2 条').waitFor()
    assert.ok(await row('004 号店').getByRole('checkbox').isChecked())
    assert.ok(await row('005 号店').getByRole('checkbox').isChecked())
    await together('Escape', 'j')
    await focusAt('006 号店')
    assert.equal(await page.getByText(/^已选/).count(), 0)
    await together('j', 'e')
    await editor('名称').getByRole('textbox').and(page.locator('[value="007 号店"]')).waitFor()
    await together('Escape', 'k')
    await focusAt('006 号店')
    assert.equal(await editor('名称').count(), 0)
    await together('/', 'j')
    const palette = page.getByRole('dialog', { name: '搜索与命令' })
    await palette.waitFor()
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'hidden' })
  })

  step('in groups is the same list: keys, picking, changes in place, all at once', async () => {
    for (const name of ['007 号店', '008 号店', '009 号店']) {
      const { version } = await stored(name)
      const path = `/customers/${ids.get(name)}`
      const { status } = await root.call('PATCH', path, { body: { stage: 'lost' }, version })
      assert.equal(status, 200)
    }
    const lost: Leaf = { field: 'stage', is: 'in', value: ['lost'] }
    await page.goto(`/customers?by=stage&sort=name&filter=${JSON.stringify({ all: [lost] })}`)
    const fold = page.getByRole('table').getByRole('button', { name: /^收起/ })
    await fold.waitFor()
    await row('009 号店').waitFor()
    await page.keyboard.press('j')
    await row('007 号店').locator('a:focus').waitFor()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('已选 2 条').waitFor()
    await page.getByRole('button', { name: '打标签…' }).click()
    const dialog = page.getByRole('dialog', { name: '给 2 条记录打标签' })
    await dialog.getByRole('combobox').first().fill('同组')
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: '开始' }).click()
    await dialog.getByText('成功 2，失败 0').waitFor()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    assert.ok((await stored('008 号店')).tags.includes('同组'))
    assert.ok(!(await stored('009 号店')).tags.includes('同组'))
    await row('009 号店').getByRole('link').focus()
    await page.keyboard.press('F2')
    await editor('名称').getByRole('textbox').fill('009 号店（改）')
    await page.keyboard.press('Enter')
    await row('009 号店（改）').waitFor()
    await until(async () => (await stored('009 号店')).name === '009 号店（改）', 'the name')
    await fold.click()
    await row('007 号店').waitFor({ state: 'detached' })
    await page.getByRole('table').getByRole('button', { name: /^展开/ }).click()
    await row('007 号店').waitFor()
  })

  step('goes to its ends though what the bulk change tells of is still being read', async () => {
    await page.goto(byName)
    await row('001 号店').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('End')
    await row('120 号店').waitFor()
    const rows = () => page.getByRole('row').count()
    assert.ok((await rows()) < 90, `${await rows()} rows are drawn`)
    await page.keyboard.press('PageUp')
    await page.keyboard.press('Home')
    await row('001 号店').waitFor()
    assert.equal(await row('120 号店').count(), 0)
  })

  step('shows what is searched for also after the keyboard was at a cell', async () => {
    await page.goto(`/customers?${new URLSearchParams({ q: '01' })}`)
    await row('001 号店').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowRight')
    await page.locator('td:focus').waitFor()
    await page.getByRole('searchbox').first().fill('005')
    await row('005 号店').waitFor()
    await row('001 号店').waitFor({ state: 'detached' })
  })

  step('keeps a value that is being typed when its row, the last one, goes', async () => {
    await page.goto(`/customers?${new URLSearchParams({ q: '117' })}`)
    await row('117 号店').getByRole('cell').nth(3).dblclick()
    await opened('标签')
    await page.keyboard.type('留住')
    const path = `/customers/${ids.get('117 号店')}`
    const { version } = await stored('117 号店')
    const anew = page.waitForResponse((answer) => answer.url().includes('/api/customers?'))
    await root.call('PATCH', path, { body: { name: '改了名字' }, version })
    await anew
    await page.keyboard.type('它，')
    await editor('标签').getByText('留住它', { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await until(
      async () => (await stored('117 号店')).tags.includes('留住它'),
      'what was typed to be stored',
    )
  })

  step('is left alone by End once its end was reached', async () => {
    await page.goto(`/customers?${new URLSearchParams({ q: '01' })}`)
    await row('001 号店').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('End')
    await page.locator('.row-link:focus').waitFor()
    const find = page.getByRole('searchbox').first()
    await find.fill('010')
    await row('010 号店').waitFor()
    await row('001 号店').waitFor({ state: 'detached' })
    assert.ok(await find.evaluate((box) => box === document.activeElement))
  })

  step('shows what others did, also while its line was cut', async () => {
    await page.addInitScript(() => {
      const Line = window.EventSource
      window.EventSource = class extends Line {
        constructor(url: string | URL) {
          super(url)
          Reflect.set(window, 'line', this)
        }
      }
    })
    await page.goto(byName)
    await row('009 号店').waitFor()
    await page.waitForFunction(() => Reflect.get(window, 'line')?.readyState === EventSource.OPEN)
    const rename = async (name: string) => {
      const { version } = await stored('009 号店')
      await root.call('PATCH', `/customers/${ids.get('009 号店')}`, { body: { name }, version })
    }
    await rename('009 号新店')
    await row('009 号新店').waitFor()
    await page.evaluate(() => Reflect.get(window, 'line').close())
    await rename('009 号老店')
    await page.waitForTimeout(1500)
    assert.equal(await row('009 号老店').count(), 0)
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await row('009 号老店').waitFor()
  })

  it('met no error', async () => {
    await stage.leave()
  })
})
