import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { tableRows, xlsxFile } from '#app/testing/importing.ts'
import { embeddedPlace, type Place, until } from '#app/testing/product.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { pickFile, shown, signIn, story, sums } from './steps.ts'
import { badCompanies, companies, people, wanted } from './tables.ts'

const rows = 5000
const good = rows - badCompanies.length

let place: Place
let product: Opened
let browser: Browser
let visitor: Visitor
let page: Page
before(async () => {
  place = embeddedPlace()
  product = await openProduct({ place, fresh: true })
  browser = await openBrowser()
  visitor = await visit(browser, product.address)
  page = visitor.page
})
after(async () => {
  await browser?.close()
  await product?.close()
})
const tell = story()
const step = (what: string, run: () => Promise<void>) => tell(() => page, what, run)

describe('the first day of a firm', () => {
  step('whoever has not seen the console cannot take the system', async () => {
    await page.getByRole('heading', { name: '初次设置' }).waitFor()
    await page.getByLabel('一次性口令').fill('AAAA2222')
    await page.getByLabel('单位名称').fill('一鸣商贸')
    await page.getByLabel('管理员姓名').fill(administrator.name)
    await page.getByLabel('登录用户名').fill(administrator.username)
    await page.getByLabel('密码').fill(administrator.password)
    await page.getByRole('button', { name: '开始使用' }).click()
    await page.getByText('一次性口令不对').first().waitFor()
  })

  step('the code from the console sets it up, and its administrator is in', async () => {
    const [, code = ''] = await product.said(/一次性口令 (\w+)/)
    await page.getByLabel('一次性口令').fill(code)
    await page.getByRole('button', { name: '开始使用' }).click()
    await page.getByRole('navigation').first().waitFor()
    await page.getByRole('heading', { name: /好，管理员/ }).waitFor()
  })

  step('signing out leads to the door, and a wrong password does not open it', async () => {
    await page.getByRole('button', { name: /^我：/ }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.getByLabel('用户名').fill(administrator.username)
    await page.getByLabel('密码').fill('not-the-password')
    await page.getByRole('button', { name: '登录' }).click()
    await page
      .getByText(/密码不对|不正确|不对/)
      .first()
      .waitFor()
    await signIn(page, administrator)
  })
})

describe('the customer list from Excel', () => {
  step('goes in by a file: what its columns are is guessed', async () => {
    await page.getByRole('link', { name: '客户', exact: true }).click()
    await page.getByText('还没有客户').waitFor()
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('menuitem', { name: '导入' }).click()
    await pickFile(page, await companies(rows))
    await page.getByRole('heading', { name: '客户名单 2026.xlsx' }).waitFor()
    const mapping = page.getByRole('region', { name: '每一列对应什么' })
    await until(async () => (await mapping.getByRole('row').count()) === 1 + 20, 'its rows')
    for (const [column, field] of [
      ['公司名称', 'name'],
      ['联系人', 'contact.name'],
      ['联系电话', 'phones'],
      ['所在地区', 'region'],
      ['客户状态', 'stage'],
      ['客户来源', 'source'],
      ['备注', 'note'],
    ])
      assert.equal(await page.getByLabel(`「${column}」对应`).inputValue(), field)
  })

  step(
    'is checked first: nothing is written, each problem has row, column and reason',
    async () => {
      await page.getByRole('button', { name: '检查', exact: true }).click()
      await page
        .getByRole('heading', { name: `检查完毕，可以导入 ${number(good)} 行。` })
        .waitFor({ timeout: 240_000 })
      await sums(page, { 读取: rows, 新建: good, 更新: 0, 跳过: 0, 失败: badCompanies.length })
      const problems = page.getByRole('region', { name: '问题' }).getByRole('list')
      await problems.getByText('必须填写').waitFor()
      const lines = problems.getByRole('listitem')
      await until(async () => (await lines.count()) === badCompanies.length, 'its problems')
      // The first row below the title is row 2.
      await problems.getByText(String((badCompanies[0] ?? 0) + 2), { exact: true }).waitFor()
    },
  )

  step('is taken over while one watches', async () => {
    await page.getByRole('button', { name: `导入 ${number(good)} 行` }).click()
    await page
      .getByRole('heading', { name: `导入完成，${number(good)} 行已写入。` })
      .waitFor({ timeout: 240_000 })
    await sums(page, { 读取: rows, 新建: good, 更新: 0, 跳过: 0, 失败: badCompanies.length })
  })

  step('gives the failed rows back, which go in once corrected', async () => {
    const leaving = page.waitForEvent('download')
    await page.getByRole('link', { name: `下载失败的 ${badCompanies.length} 行` }).click()
    const file = await leaving
    assert.match(file.suggestedFilename(), /\.xlsx$/)
    const [header = [], ...failed] = await tableRows(await readFile(await file.path()))
    assert.equal(failed.length, badCompanies.length)
    assert.match(failed[0]?.[0] ?? '', /必须填写/)
    const column = (name: string) => header.indexOf(name)
    const corrected = failed.map((row) =>
      row
        .with(column('公司名称'), row[column('公司名称')] || '杭州补名茶业有限公司')
        .with(column('客户状态'), '成交'),
    )
    await page.getByRole('button', { name: '再导入一份' }).click()
    await pickFile(page, {
      name: '改好.xlsx',
      mimeType: '',
      buffer: await xlsxFile([header, ...corrected]),
    })
    await page.getByRole('button', { name: '检查', exact: true }).click()
    await page.getByRole('button', { name: `导入 ${badCompanies.length} 行` }).click()
    await page
      .getByRole('heading', { name: `导入完成，${badCompanies.length} 行已写入。` })
      .waitFor()
    await sums(page, { 读取: 5, 新建: 5, 更新: 0, 跳过: 0, 失败: 0 })
  })

  step('an old program’s CSV goes in too, as Chinese and not as strange letters', async () => {
    await page.getByRole('button', { name: '再导入一份' }).click()
    await pickFile(page, people())
    await page.getByRole('cell', { name: '欧阳䶮' }).waitFor()
    await page.getByRole('button', { name: '检查', exact: true }).click()
    await page.getByText('日期应像 2026-11-21').waitFor()
    await page.getByRole('button', { name: '导入 2 行' }).click()
    await page.getByRole('heading', { name: '导入完成，2 行已写入。' }).waitFor()
    await page.getByRole('button', { name: '查看客户' }).click()
    await page.getByRole('link', { name: '单小芳' }).waitFor()
    await page.getByRole('heading', { name: `客户 ${number(rows + 2)}` }).waitFor()
  })
})

describe('a customer among five thousand', () => {
  step('is found by pinyin and by the digits of its phone', async () => {
    const palette = page.getByRole('dialog', { name: '搜索与命令' })
    for (const said of ['chongqingzengji', 'cqzjhg', '曾记', '6234567']) {
      await page.keyboard.press('Control+k')
      await palette.getByRole('combobox').fill(said)
      await palette.getByRole('option', { name: wanted.name }).waitFor()
      await page.keyboard.press('Escape')
      await palette.waitFor({ state: 'hidden' })
    }
    await page.getByRole('searchbox').fill('62345678')
    await page.getByRole('row', { name: new RegExp(wanted.name) }).waitFor()
    await page.getByRole('searchbox').fill('shanxiaofang')
    await page.getByRole('row', { name: /单小芳/ }).waitFor()
  })

  step('shows who it is on its page', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('chongqingzengji')
    await page.getByRole('option', { name: wanted.name }).click()
    await page.getByRole('heading', { level: 1, name: wanted.name }).waitFor()
    await page
      .getByRole('link', { name: '023 6234 5678' })
      .or(page.getByRole('link', { name: '023-62345678' }))
      .first()
      .waitFor()
    await page.getByText(wanted.person).first().waitFor()
    await page.getByText('爱吃辣').first().waitFor()
    await shown(page.getByText('还没有联系过')).waitFor()
  })

  step('remembers what was said and what comes next', async () => {
    const said = page.getByRole('textbox', { name: '说了什么、约了什么…' })
    await said.fill('单总说年底扩店，要两套方案')
    await page.getByRole('textbox', { name: '下一步', exact: true }).fill('送两套方案')
    await page
      .getByRole('group', { name: '下一步在哪一天' })
      .getByRole('button', { name: '明天' })
      .click()
    await page.getByRole('button', { name: '记下' }).click()
    await page
      .getByRole('region', { name: '往来' })
      .getByText('单总说年底扩店，要两套方案')
      .waitFor()
    await page.getByRole('button', { name: '修改「送两套方案」' }).waitFor()
    await shown(page.getByText('还没有联系过')).waitFor({ state: 'hidden' })
  })
})

describe('the next morning', () => {
  step('the day says what is due, also after the night', async () => {
    await visitor.leave()
    await product.stop()
    product = await openProduct({ place, fresh: true, daysAhead: 1 })
    visitor = await visit(browser, product.address)
    page = visitor.page
    await signIn(page, administrator)
    await page.getByRole('heading', { name: /今天有 1 件事要办/ }).waitFor()
    const row = page.getByRole('listitem').filter({ hasText: '送两套方案' })
    await row.getByRole('link', { name: wanted.name }).waitFor()
    await row.getByText('今天到期').waitFor()
    await row.getByRole('link', { name: '打电话 023-62345678' }).waitFor()
  })

  step('what is done leaves the desk and stays in the chronicle', async () => {
    await page.getByRole('button', { name: '完成「送两套方案」' }).click()
    await page.getByRole('listitem').filter({ hasText: '送两套方案' }).waitFor({ state: 'hidden' })
    await page.getByText('今天已完成 1 件').waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('chongqingzengji')
    await page.getByRole('option', { name: wanted.name }).click()
    await page.getByText('完成了「送两套方案」').waitFor()
  })

  step('nothing went wrong on the way', async () => {
    await visitor.leave()
  })
})

const number = (value: number) => value.toLocaleString('zh-CN')
