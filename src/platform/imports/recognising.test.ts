import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { csvFile, importing } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const customer = async (name: string) => {
  const answer = await house.ann.call('POST', '/customers', { body: { name } })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body as { id: string; number: string }
}
const contactsOf = (customer_id: string) =>
  house.db
    .selectFrom('contact')
    .select(['name', 'phones', 'position'])
    .where('customer_id', '=', customer_id)
    .orderBy('name')
    .execute()
const reasons = (body: unknown) =>
  ((body as { errors?: { path: string; reason: string }[] }).errors ?? []).map(
    ({ path, reason }) => `${path}: ${reason}`,
  )

describe('contacts are recognised within their customer', () => {
  it('so that the same table brings nobody twice, and the same person may stand at two firms', async () => {
    const [one, other] = [await customer('重复甲'), await customer('重复乙')]
    const by = importing(house, house.ann)
    const table = csvFile([
      ['客户', '姓名', '电话'],
      [one.number, '李重复', '13611112222'],
      [other.number, '李重复', '13611112222'],
      [one.number, '同座机的人', '13611112222'],
    ])
    const first = await by.upload('联系人.csv', table, 'contact')
    assert.equal(first.key, 'name')
    await by.check(first.id)
    const { created, warned } = (await by.run(first.id)).counts
    assert.deepEqual([created, warned], [3, 0])
    const again = await by.upload('联系人.csv', table, 'contact')
    const checked = await by.check(again.id)
    assert.deepEqual([checked.counts.skipped, checked.counts.failed], [3, 0])
    assert.deepEqual(
      (await by.problems(again.id)).map((each) => [each.level, each.reason, each.values?.title]),
      ['李重复', '李重复', '同座机的人'].map((title) => ['warning', 'record_exists', title]),
    )
    assert.deepEqual((await by.run(again.id)).counts, checked.counts)
    assert.equal((await contactsOf(one.id)).length, 2)
    assert.equal((await contactsOf(other.id)).length, 1)
  })

  it('and are updated by telephone or e-mail, the one at the named customer alone', async () => {
    const [one, other] = [await customer('更新甲'), await customer('更新乙')]
    const by = importing(house, house.ann)
    for (const { id } of [one, other])
      await house.ann.call('POST', `/customers/${id}/contacts`, {
        body: { name: '旧名', phones: ['13633334444'], email: 'lao@example.com' },
      })
    const { id } = await by.upload(
      '联系人.csv',
      csvFile([
        ['客户编号', '姓名', '电话', '职务'],
        [one.number, '新名', '13633334444', '厂长'],
        [one.number, '来者', '13655556666', ''],
      ]),
      'contact',
    )
    await by.set(id, { mode: 'both', key: 'phones' })
    await by.check(id)
    const { counts } = await by.run(id)
    assert.deepEqual([counts.updated, counts.created, counts.failed], [1, 1, 0])
    assert.deepEqual(await contactsOf(one.id), [
      { name: '新名', phones: ['13633334444'], position: '厂长' },
      { name: '来者', phones: ['13655556666'], position: null },
    ])
    assert.deepEqual((await contactsOf(other.id))[0]?.name, '旧名')
    const mails = await by.upload(
      '邮箱.csv',
      csvFile([
        ['客户编号', '姓名', '邮箱', '职务'],
        [other.number, '旧名', 'LAO@example.com', '书记'],
        [other.number, '无此人', 'wu@example.com', ''],
      ]),
      'contact',
    )
    await by.set(mails.id, { mode: 'update', key: 'email' })
    await by.check(mails.id)
    const done = await by.run(mails.id)
    assert.deepEqual([done.counts.updated, done.counts.failed], [1, 1])
    assert.equal((await contactsOf(other.id))[0]?.position, '书记')
  })
})

describe('a kind that nothing tells apart', () => {
  it('refuses to update, saying why, until its records have a number', async () => {
    const { number } = await customer('任务客户')
    const by = importing(house, house.ann)
    const rows = [
      ['客户编号', '事项', '到期日'],
      [number, '送样', '2026-12-01'],
    ]
    const { id, version } = await by.upload('任务.csv', csvFile(rows), 'task')
    const patch = (body: Record<string, unknown>) =>
      house.ann.call('PATCH', `/imports/${id}`, { body, version })
    assert.deepEqual(reasons((await patch({ mode: 'update' })).body), ['mode: kind_without_key'])
    assert.deepEqual(reasons((await patch({ key: 'title' })).body), ['key: kind_without_key'])
    await by.check(id)
    assert.equal((await by.run(id)).counts.created, 1)

    const field = await house.root.call('POST', '/fields', {
      body: { entity: 'task', definition: { kind: 'serial', label: { zh: '任务编号', en: 'No' } } },
    })
    assert.equal(field.status, 201, JSON.stringify(field.body))
    const { definition } = field.body as { definition: { name: string } }
    const { name } = definition
    await house.work()
    const { items } = (await house.ann.call('GET', '/tasks')).body as {
      items: Record<string, string>[]
    }
    const given = items.find(({ title }) => title === '送样')?.[name] ?? ''
    assert.notEqual(given, '')
    const numbered = await by.upload(
      '任务.csv',
      csvFile([
        ['客户编号', '任务编号', '事项', '到期日'],
        [number, given, '送样改期', '2026-12-09'],
      ]),
      'task',
    )
    assert.equal(numbered.key, name)
    await by.set(numbered.id, { mode: 'update' })
    await by.check(numbered.id)
    assert.equal((await by.run(numbered.id)).counts.updated, 1)
    const stored = await house.db.selectFrom('task').select(['title', 'due_on']).execute()
    assert.deepEqual(stored, [{ title: '送样改期', due_on: '2026-12-09' }])
  })
})
