import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe } from 'node:test'
import type { Page } from 'playwright-core'
import type { Client } from '#app/testing/client.ts'
import { tableRows, xlsxFile } from '#app/testing/importing.ts'
import { type Place, sharedPlace, until } from '#app/testing/product.ts'
import { openArchive } from '#platform/tables/archive.ts'
import { administrator, openProduct } from './product.ts'
import { hire, hireOne, openStage, type Person, pickFile, shown, sums } from './steps.ts'
import { zipOf } from './tables.ts'

let place: Place
let root: Client
const { step, screen, enter, leave, follow } = openStage(
  async (client, { address }) => {
    root = client
    const { mei } = await hire(address, root)
    await hireNamesake()
    await addField('x_team', 'department', '服务部门')
    await addField('x_due', 'date', '合同到期')
    return { mei, ward, boss: administrator }
  },
  async () => {
    place = await sharedPlace()
    return openProduct({ place })
  },
)

const addField = (name: string, kind: string, zh: string) =>
  root.make('/fields', { entity: 'customer', definition: { name, kind, label: { zh, en: '' } } })

const ward: Person = { username: 'ward', password: 'ward-password' }

/** A second 叶销售, who may take customers out but bring none in. */
const hireNamesake = async () => {
  const role: { id: string } = await root.make('/roles', {
    ...{ label: { zh: '统计', en: '' }, description: '', default_scope: 'all', departments: [] },
    rights: {
      kinds: { '*': { view: 'all', export: 'all' } },
      levels: { internal: 'read', personal: 'read', sensitive: 'masked' },
      ...{ keys: [], fields: {} },
    },
  })
  await hireOne(root, { username: ward.username, name: '叶销售', roles: [role.id] })
}

const saved = async (page: Page, press: () => Promise<void>) => {
  const leaving = page.waitForEvent('download')
  await press()
  const file = await leaving
  return { name: file.suggestedFilename(), path: await file.path() }
}
type Customer = {
  id: string
  name: string
  version: number
  x_due: string
  x_team: number
  owner_id: number
}
const customers = async (): Promise<Customer[]> => {
  const { items }: { items: Customer[] } = await root.get('/customers?sort=name')
  return items
}
const tea = '杭州龙井茶业有限公司'

/** As somebody fills the template in: the heading of one column changed, days in three forms. */
const filled = [
  ['名称*', '电话', '阶段', '负责人', '服务部门', '到期日', '附件'],
  [tea, '13800138001', '成交', '安销售', '北区', '2026/1/5', '合同.pdf；门头.jpg'],
  ['绍兴黄酒有限公司', '13800138002', '已签约', '叶销售', '南区', '2026年1月5日', '门头.jpg'],
  ['宁波海产有限公司', '13800138003', '潜在', '', '', '46027', ''],
  ['苏州丝绸有限公司', '13800138004', '已签约', '', '', '5/1/2026', ''],
  ['', '13800138005', '潜在', '', '', '', ''],
  ['无锡泥人有限公司', '13800138006', '潜在', '', '', '2026-02-30', ''],
]

describe('a list from Excel', () => {
  step('mei', 'has a template with drop-downs, notes and examples', async (page) => {
    await page.goto('/settings/imports')
    await page.getByRole('heading', { name: '导入客户' }).waitFor()
    const { name, path } = await saved(page, () =>
      page.getByRole('link', { name: '下载模板' }).click(),
    )
    assert.equal(name, '客户导入模板.xlsx')
    const [header = []] = await tableRows(await readFile(path))
    for (const heading of filled[0] ?? [])
      assert.ok(['到期日', '附件'].includes(heading) || header.includes(heading), heading)
    const archive = await openArchive(path, 1e9)
    const part = async (inside: string) =>
      Buffer.concat(await Array.fromAsync(archive.read(inside))).toString()
    assert.match(await part('xl/worksheets/sheet1.xml'), /<dataValidation type="list"/)
    const lists = await part('xl/worksheets/sheet3.xml')
    for (const word of ['成交', '安销售', '叶销售（eve）', '叶销售（ward）', '北区'])
      assert.ok(lists.includes(`>${word}<`), word)
    assert.match(await part('xl/worksheets/sheet2.xml'), /例|示例/)
    archive.close()
  })

  step(
    'mei',
    'goes in with its attachments; the column that is not known is chosen',
    async (page) => {
      const archive = await zipOf('华东客户.zip', {
        '名单/客户.xlsx': await xlsxFile(filled),
        '名单/合同.pdf': '%PDF-1.4 合同',
        '名单/照片/门头.jpg': 'JPEG',
        '名单/说明.txt': '看一眼',
      })
      await pickFile(page, archive)
      await page.getByRole('heading', { name: '华东客户.zip' }).waitFor()
      assert.equal(await page.getByLabel('「附件」对应').inputValue(), '@files')
      assert.equal(await page.getByLabel('「到期日」对应').inputValue(), '')
      await page.getByLabel('「到期日」对应').selectOption({ label: '合同到期' })
      await page.getByText('7 列中有 7 列会导入').waitFor()
    },
  )

  step('mei', 'is checked; what cannot be read is asked about once', async (page) => {
    await page.getByRole('button', { name: '检查', exact: true }).click()
    await page.getByRole('heading', { name: '检查完毕，可以导入 2 行。' }).waitFor()
    await sums(page, { 读取: 6, 新建: 2, 更新: 0, 跳过: 0, 失败: 4 })
    await page.getByText('压缩包里有 3 个附件，其中 1 个没有哪一行用到：名单/说明.txt').waitFor()
    const rows = page.getByRole('region', { name: '问题' }).getByRole('listitem')
    await rows.nth(5).waitFor()
    assert.deepEqual(
      (await rows.allInnerTexts()).map((text) => text.split('\n')[0]),
      ['3', '3', '5', '5', '6', '7'],
    )
    await page.getByText('1 行 · 有几位同名，请选一位').waitFor()
    assert.equal(
      await page.getByLabel('「阶段」里的“已签约”').count(),
      1,
      'one question for two rows',
    )
    await page.getByLabel('「阶段」里的“已签约”').selectOption({ label: '成交' })
    await page.getByLabel('「负责人」里的“叶销售”').selectOption({ label: '叶销售（eve）' })
    await page.getByLabel('5/1/2026 是').selectOption({ label: '5 日 1 月' })
    await page.getByRole('button', { name: '按这些决定重新检查' }).click()
    await page.getByRole('heading', { name: '检查完毕，可以导入 4 行。' }).waitFor()
    await page.getByRole('heading', { name: '认不出的内容' }).waitFor({ state: 'detached' })
    assert.equal((await customers()).length, 0, 'nothing is written yet')
  })

  step('mei', 'keeps the mapping with its answers, and runs', async (page) => {
    await page.getByRole('button', { name: '修改设置' }).click()
    await page.getByText('保存这份对应', { exact: true }).first().click()
    await page.getByRole('textbox', { name: '名称' }).fill('华东模板')
    await page.getByRole('button', { name: '保存这份对应' }).click()
    await page.getByText('已保存「华东模板」').waitFor()
    await page.getByRole('button', { name: '检查', exact: true }).click()
    await page.getByRole('button', { name: '导入 4 行' }).click()
    await page.getByRole('heading', { name: '导入完成，4 行已写入。' }).waitFor()
    await sums(page, { 读取: 6, 新建: 4, 更新: 0, 跳过: 0, 失败: 2 })
    const made = await customers()
    assert.deepEqual(
      made.map(({ x_due }) => x_due),
      Array(4).fill('2026-01-05'),
    )
    const directory: { items: { id: number; username: string }[] } = await root.get('/people')
    const nameOf = (id: number) => directory.items.find((each) => each.id === id)?.username
    const owners = Object.fromEntries(made.map(({ name, owner_id }) => [name, nameOf(owner_id)]))
    assert.deepEqual(owners, {
      [tea]: 'ann',
      绍兴黄酒有限公司: 'eve',
      宁波海产有限公司: 'mei',
      苏州丝绸有限公司: 'mei',
    })
  })

  step('mei', 'gives back the rows that failed, with the reasons in front', async (page) => {
    const { name, path } = await saved(page, () =>
      page.getByRole('link', { name: '下载失败的 2 行' }).click(),
    )
    assert.match(name, /^华东客户_未导入原因\.xlsx$/)
    const [header = [], ...rows] = await tableRows(await readFile(path))
    assert.deepEqual(header, ['未导入原因', ...(filled[0] ?? [])])
    assert.deepEqual(
      rows.map(([, ...cells]) => cells),
      [filled[5], filled[6]],
    )
    assert.match(rows[0]?.[0] ?? '', /名称.*必须填写/)
    assert.match(rows[1]?.[0] ?? '', /到期日.*日期应像/)
  })

  step('boss', 'stands in the history: who, what, how many, which files', async (page) => {
    await page.goto('/settings/imports')
    const line = page
      .getByRole('list', { name: '导入记录' })
      .getByRole('listitem')
      .filter({ hasText: '华东客户.zip' })
    await line.getByText('新建 4').waitFor()
    await line.getByText('失败 2').waitFor()
    await line.getByText('梅主管导入').waitFor()
    for (const name of ['原文件', '失败的行']) await line.getByRole('link', { name }).waitFor()
    const narrow = async (label: string, option: string) => {
      await page.getByRole('combobox', { name: label }).click()
      await page.getByTitle(option, { exact: true }).last().click()
    }
    await narrow('所有人', '安销售')
    await page.getByText('没有符合的导入').waitFor()
    await narrow('所有人', '梅主管')
    await narrow('全部状态', '已导入')
    await line.getByText('新建 4').waitFor()
    await narrow('全部种类', '任务')
    await page.getByText('没有符合的导入').waitFor()
  })

  step('mei', 'has brought its files along', async (page) => {
    const { id } = (await customers()).find(({ name }) => name === tea) ?? { id: '' }
    await page.goto(`/customers/${id}`)
    await shown(page.getByRole('link', { name: /合同\.pdf/ })).waitFor()
    await shown(page.getByRole('link', { name: /门头\.jpg/ })).waitFor()
  })

  step('mei', 'comes again with the same headings: nothing is asked any more', async (page) => {
    await page.goto('/settings/imports')
    await page.getByText('华东模板').waitFor()
    const again = [
      filled[0] ?? [],
      ['嘉兴粽子有限公司', '', '已签约', '叶销售', '', '6/1/2026', ''],
    ]
    await pickFile(page, { name: '第二批.xlsx', mimeType: '', buffer: await xlsxFile(again) })
    await page.getByText('已套用保存的对应「华东模板」').waitFor()
    assert.match(await page.getByLabel('「到期日」对应').inputValue(), /x_due/)
    await page.getByRole('button', { name: '检查', exact: true }).click()
    await page.getByRole('button', { name: '导入 1 行' }).click()
    await page.getByRole('heading', { name: '导入完成，1 行已写入。' }).waitFor()
    const made = (await customers()).find(({ name }) => name === '嘉兴粽子有限公司')
    assert.equal(made?.x_due, '2026-01-06')
  })

  step(
    'mei',
    'is taken back as a whole; what somebody touched stays, and it is said',
    async (page) => {
      const touched = (await customers()).find(({ name }) => name === tea)
      const { status } = await root.call('PATCH', `/customers/${touched?.id}`, {
        ...{ body: { note: '老板的朋友' }, version: touched?.version ?? 0 },
      })
      assert.equal(status, 200)
      await page.goto('/settings/imports')
      await page.getByRole('link', { name: '华东客户.zip' }).first().click()
      await page.getByRole('button', { name: '看看能撤销多少' }).click()
      await page.getByText('新建的客户 3 条，放进回收站').waitFor()
      await page.getByRole('listitem').filter({ hasText: '1导入之后有人改过' }).waitFor()
      await page.getByRole('button', { name: '撤销 4 条' }).click()
      await page
        .getByRole('dialog', { name: '撤销 4 条记录？' })
        .getByRole('button', { name: '撤销 4 条' })
        .click()
      await page.getByRole('heading', { name: '已撤销 4 条。' }).waitFor()
      await page.getByText('3 条保持现状').waitFor()
      assert.deepEqual(
        (await customers()).map(({ name }) => name).sort(),
        [tea, '嘉兴粽子有限公司'].sort(),
      )
      const bin: { items: { title: string; cause: string }[] } = await root.get('/bin')
      assert.deepEqual([...new Set(bin.items.map(({ cause }) => cause))], ['import'])
      assert.equal(bin.items.length, 3)
    },
  )
})

describe('a list for Excel', () => {
  let link = ''
  const openDialog = async (page: Page) => {
    await page.goto('/customers')
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('menuitem', { name: '选列导出…' }).click()
    const dialog = page.getByRole('dialog', { name: '导出客户' })
    const fields = dialog.getByRole('group', { name: '要哪些列' })
    await fields.locator(':focus').waitFor({ state: 'attached' })
    return dialog
  }

  step(
    'ward',
    'is made in the background, with the fields that are chosen, in order',
    async (page) => {
      assert.equal(await page.getByRole('link', { name: '导入', exact: true }).count(), 0)
      const dialog = await openDialog(page)
      // What was chosen goes down to the others, so that the first one left is another each time.
      const chosen = dialog.getByRole('checkbox', { checked: true })
      await chosen.first().waitFor()
      for (let left = await chosen.count(); left > 0; left--) {
        await chosen.first().click()
        await until(async () => (await chosen.count()) === left - 1, 'the field to go')
      }
      for (const name of ['电话', '合同到期', '名称'])
        await dialog.getByRole('checkbox', { name, exact: true }).check()
      await dialog.getByRole('button', { name: '「名称」上移' }).click()
      await dialog.getByText('CSV', { exact: true }).click()
      const held = Promise.withResolvers<void>()
      await page.route(/\/api\/exports\/[^/]+$/, async (route) => {
        await held.promise
        await route.continue()
      })
      const { name, path } = await saved(page, async () => {
        await dialog.getByRole('button', { name: '导出', exact: true }).click()
        await dialog.getByText(/^正在生成，\d \/ 2 条$/).waitFor()
        await dialog.getByRole('progressbar').waitFor()
        held.resolve()
      })
      assert.match(name, /^客户_\d{8}_叶销售\.csv$/)
      await dialog.getByText('2 条已导出。').waitFor()
      const [mark = '', heading = '', ...rows] = (await readFile(path, 'utf8')).trim().split('\r\n')
      assert.match(mark, /仅供内部使用 · 叶销售 \d{4}-\d\d-\d\d \d\d:\d\d 导出客户 2 条/)
      assert.equal(heading, '电话,名称,合同到期')
      assert.deepEqual(rows.sort(), [
        `,嘉兴粽子有限公司,2026-01-06`,
        `13800138001,${tea},2026-01-05`,
      ])
    },
  )

  step('ward', 'is found again by who may export but not import', async (page) => {
    await page.goto('/settings/exports')
    const line = page.getByRole('list', { name: '导出记录' }).getByRole('listitem')
    await line.getByText(/2 条.*保留到/).waitFor()
    assert.equal(await page.getByRole('link', { name: '导入', exact: true }).count(), 0)
    link = (await line.getByRole('link', { name: /下载/ }).getAttribute('href')) ?? ''
    assert.equal((await page.request.get(link)).status(), 200)
    await page.goto('/settings/imports')
    await page.getByText('没有打开这一页的权限').waitFor()
  })

  step('boss', 'is nobody else’s, and is said to be there', async (page) => {
    assert.equal((await page.request.get(link)).status(), 404)
    await page.goto('/settings/exports')
    const line = page.getByRole('list', { name: '导出记录' }).getByRole('listitem')
    await line.getByText('叶销售导出').waitFor()
    assert.equal(await line.getByRole('link').count(), 0)
  })

  step('boss', 'is bounded by what an administrator sets', async (page) => {
    await page.getByText('导出设置', { exact: true }).click()
    await page.getByLabel('一次导出达到多少条').fill('2')
    await page.getByLabel('这一行的开头').fill('严禁外传')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已保存，从下一次导出起生效').waitFor()
    assert.deepEqual(await root.get('/export-settings'), {
      ...{ large_rows: 2, kept_days: 7, watermark: true, watermark_words: '严禁外传' },
    })
  })

  step('ward', 'is refused where it is too long, with the way out', async (page) => {
    const dialog = await openDialog(page)
    await dialog.getByRole('button', { name: '导出', exact: true }).click()
    await dialog.getByText('共 2 条，2 条起要有大量导出的权限').waitFor()
  })

  step('ward', 'is gone when its days are over', async () => {
    await follow(() => openProduct({ place, daysAhead: 8 }))
    await enter('ward', ward)
    const page = screen('ward')
    assert.equal((await page.request.get(link)).status(), 409)
    await page.goto('/settings/exports')
    await page.getByText('导出记录', { exact: true }).waitFor()
    await leave()
  })
})
