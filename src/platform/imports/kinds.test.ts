import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { csvFile, importing, tableRows } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import type { UndoPlan } from './contract.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const customer = async (values: Record<string, unknown>, by = house.ann) => {
  const answer = await by.call('POST', '/customers', { body: values })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body as { id: string; number: string }
}
const contactsOf = (customer_id: string) =>
  house.db
    .selectFrom('contact')
    .select(['name', 'phones', 'position', 'deleted_at'])
    .where('customer_id', '=', customer_id)
    .orderBy('name')
    .execute()

describe('an import of a kind below customers', () => {
  it('finds each customer by number, code, phone or name, and is undone as a whole', async () => {
    const tea = await customer({
      name: '西湖茶业',
      phones: ['0571-88886666'],
      credit_code: '91330106MA2AXXXX1Y',
    })
    const by = importing(house, house.ann)
    const { id, mapping } = await by.upload(
      '联系人.csv',
      csvFile([
        ['客户名称', '姓名', '手机', '职务'],
        [tea.number, '甲一', '13800138001', '采购'],
        ['0571 8888 6666', '甲二', '', ''],
        ['西湖茶业', '甲三', '', ''],
        ['91330106ma2axxxx1y', '甲四', '', ''],
        ['西湖茶', '甲五', '', ''],
        ['', '甲六', '', ''],
      ]),
      'contact',
    )
    assert.deepEqual(mapping, ['@customer', 'name', 'phones', 'position'])
    const checked = await by.check(id)
    assert.deepEqual([checked.counts.created, checked.counts.failed], [4, 2])
    assert.deepEqual(await contactsOf(tea.id), [])
    const problems = await by.problems(id)
    assert.deepEqual(
      problems.map((each) => [each.row, each.column, each.reason, each.values?.sought]),
      [
        [6, '客户名称', 'customer_not_found', '西湖茶'],
        [7, '客户名称', 'required', undefined],
      ],
    )
    const done = await by.run(id)
    assert.deepEqual(done.counts, checked.counts)
    const made = await contactsOf(tea.id)
    assert.deepEqual(
      made.map(({ name }) => name),
      ['甲一', '甲三', '甲二', '甲四'].sort(),
    )
    assert.deepEqual(made.find(({ name }) => name === '甲一')?.phones, ['13800138001'])
    const { raw } = await house.ann.call('GET', `/imports/${id}/failures`, {
      query: { format: 'csv' },
    })
    assert.match((await tableRows(raw))[1]?.[0] ?? '', /客户名称：.*西湖茶/)
    const plan = await house.ann.call('GET', `/imports/${id}/undo`)
    assert.deepEqual((plan.body as UndoPlan).undoable, 4)
    assert.equal((await house.ann.call('POST', `/imports/${id}/undo`)).status, 202)
    await house.work()
    assert.ok((await contactsOf(tea.id)).every(({ deleted_at }) => deleted_at !== null))
    assert.equal((await house.ann.call('GET', `/customers/${tea.id}`)).status, 200)
  })

  it('takes none of several, and tells of customers out of sight nothing', async () => {
    await customer({ name: '同名公司' })
    const { number } = await customer({ name: '同名公司' })
    const south = await customer({ name: '南方机密', phones: ['13811112222'] }, house.eve)
    const by = importing(house, house.ann)
    const { id } = await by.upload(
      '任务.csv',
      csvFile([
        ['客户', '事项', '到期日', '负责人'],
        ['同名公司', '打电话', '2026-12-01', ''],
        [number, '送样品', '2026-12-02', ''],
        ['南方机密', '偷看', '2026-12-03', ''],
        [south.number, '偷看', '2026-12-03', ''],
        ['13811112222', '偷看', '2026-12-03', ''],
        ['根本没有', '偷看', '2026-12-03', ''],
      ]),
      'task',
    )
    await by.check(id)
    const problems = await by.problems(id)
    assert.deepEqual(
      problems.map(({ row, reason, values }) => [row, reason, values?.count]),
      [
        [2, 'customer_ambiguous', 2],
        ...[4, 5, 6, 7].map((row) => [row, 'customer_not_found', undefined]),
      ],
    )
    const done = await by.run(id)
    assert.deepEqual([done.counts.created, done.counts.failed], [1, 5])
    const tasks = await house.db.selectFrom('task').select(['title', 'owner_id']).execute()
    assert.deepEqual(tasks, [{ title: '送样品', owner_id: house.ann.id }])
  })

  it('obeys the rules of the kind and the rights of the person', async () => {
    const { number } = await customer({ name: '守规矩公司' })
    const by = importing(house, house.ann)
    const { id } = await by.upload(
      '往来.csv',
      csvFile([
        ['客户编号', '时间', '内容'],
        [number, '2099-01-01 10:00', '还没发生'],
        [number, '2026-01-05 10:00', '谈了价格'],
      ]),
      'interaction',
    )
    await by.check(id)
    const done = await by.run(id)
    assert.deepEqual([done.counts.created, done.counts.failed], [1, 1])
    const notes = await house.db
      .selectFrom('interaction')
      .select(['summary', 'person_id'])
      .execute()
    assert.deepEqual(notes, [{ summary: '谈了价格', person_id: house.ann.id }])
    const raw = csvFile([['客户', '姓名']])
    const query = { entity: 'contact', name: '联系人.csv' }
    assert.equal((await house.bob.call('POST', '/imports', { query, raw })).status, 403)
    const template = await house.ann.call('GET', '/import-templates/contact')
    const [header = []] = await tableRows(template.raw)
    assert.deepEqual(header.slice(0, 2), ['客户*', '姓名*'])
    const filled = await by.upload('模板.xlsx', template.raw, 'contact')
    assert.ok(filled.mapping.every((path) => path !== null))
  })
})
