import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { csvFile, importing, tableRows, xlsxFile } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { reasonHeading } from './words.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const named = (name: string) =>
  house.db.selectFrom('customer').selectAll().where('name', '=', name).execute()
const one = async (name: string) => {
  const [row, ...more] = await named(name)
  assert.ok(row && more.length === 0, `${name}: ${more.length + (row ? 1 : 0)} records`)
  return row
}
const contactsOf = (customer_id: string) =>
  house.db
    .selectFrom('contact')
    .select(['name', 'phones', 'position'])
    .where('customer_id', '=', customer_id)
    .orderBy('name')
    .execute()
const made = async (values: Record<string, unknown>, by = house.root) => {
  const answer = await by.call('POST', '/customers', { body: { owner_id: by.id, ...values } })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body as { id: string; number: string; version: number }
}

const heading = [
  '公司名称',
  '联系电话',
  '状态',
  '所在地区',
  '销售',
  '标签',
  '联系人',
  '联系人电话',
  '备注',
]
const list = [
  heading,
  [
    '西湖茶业有限公司',
    '0571-88886666',
    '成交',
    '浙江杭州西湖区',
    '安销售',
    '老客户,VIP',
    '王芳',
    '138 0013 8000',
    '年底续约',
  ],
  ['长安汽车销售公司', '400-800-8888', '潜在', '重庆', '', '', '', '', ''],
]

describe('an import', () => {
  for (const [name, file] of [
    ['客户.csv', async () => csvFile(list, 'gb18030')],
    ['客户-分号.csv', async () => csvFile(list, 'utf16', ';')],
    ['客户.xlsx', () => xlsxFile(list)],
  ] as const)
    it(`takes over ${name}: preview, guessed mapping, check, run`, async () => {
      const by = importing(house, house.ann)
      await house.db.deleteFrom('contact').execute()
      await house.db.deleteFrom('customer').where('number', '!=', 'HOME').execute()
      const uploaded = await by.upload(name, await file())
      assert.deepEqual(uploaded.header, heading)
      assert.deepEqual(uploaded.preview, list.slice(1))
      assert.deepEqual(uploaded.mapping, [
        ...['name', 'phones', 'stage', 'region', 'owner_id', 'tags'],
        ...['contact.name', 'contact.phones', 'note'],
      ])
      assert.deepEqual(
        [uploaded.status, uploaded.mode, uploaded.key],
        ['uploaded', 'insert', 'phones'],
      )
      const checked = await by.check(uploaded.id)
      assert.equal(checked.status, 'checked')
      assert.equal((await named('西湖茶业有限公司')).length, 0)
      const done = await by.run(uploaded.id)
      assert.equal(done.status, 'done')
      assert.deepEqual(done.counts, checked.counts)
      assert.deepEqual(
        { ...done.counts },
        { rows: 2, read: 2, created: 2, updated: 0, skipped: 0, failed: 0, warned: 0 },
      )
      const tea = await one('西湖茶业有限公司')
      assert.deepEqual(tea.phones, ['0571-88886666'])
      assert.deepEqual(tea.tags, ['老客户', 'VIP'])
      assert.deepEqual([tea.stage, tea.region, tea.note], ['active', '330106', '年底续约'])
      assert.deepEqual([tea.owner_id, tea.created_by], [house.ann.id, house.ann.id])
      assert.deepEqual(await contactsOf(tea.id), [
        { name: '王芳', phones: ['13800138000'], position: null },
      ])
      const found = await house.ann.call('GET', '/customers', { query: { q: '13800138000' } })
      assert.deepEqual(
        (found.body as { items: { name: string }[] }).items.map((each) => each.name),
        ['西湖茶业有限公司'],
      )
    })

  it('tells every problem by row, column and reason, before anything is written', async () => {
    const by = importing(house, house.root)
    const { id } = await by.upload(
      '问题.csv',
      csvFile([
        ['客户名称', '手机', '阶段', '负责人', '统一社会信用代码', '出生日期'],
        ['', '13911110001', '', '', '', ''],
        ['错阶段', '13911110002', '已成交', '', '', ''],
        ['错人', '13911110003', '', '张三', '', '2月30日'],
        ['可疑', '1391111', '', '', '91330106', ''],
        ['重复', '13911110002', '', '', '', ''],
        ['重复二', '13911110002', '', '', '', ''],
      ]),
    )
    const { counts } = await by.check(id)
    assert.deepEqual(counts, {
      rows: 6,
      read: 6,
      created: 2,
      updated: 0,
      skipped: 0,
      failed: 4,
      warned: 1,
    })
    assert.deepEqual(
      (await by.problems(id)).map(({ row, column, reason, level }) => [row, column, reason, level]),
      [
        [2, '客户名称', 'required', 'error'],
        [3, '阶段', 'not_a_choice', 'error'],
        [4, '负责人', 'person_unknown', 'error'],
        [4, '出生日期', 'not_a_date', 'error'],
        [5, '手机', 'phone_too_short', 'warning'],
        [5, '统一社会信用代码', 'credit_code_length', 'warning'],
        [7, '手机', 'duplicate_in_file', 'error'],
      ].sort((a, b) => Number(a[0]) - Number(b[0])),
    )
    assert.equal((await named('可疑')).length, 0)
  })

  it('inserts, updates by key, or does both; empty cells overwrite nothing', async () => {
    const by = importing(house, house.root)
    const before = await made({
      name: '旧客户',
      phones: ['13922220001', '0571-88880001'],
      note: '保留',
    })
    const file = csvFile([
      ['名称', '电话', '行业', '备注'],
      ['旧客户新名', '13922220001', '茶叶', ''],
      ['新客户', '13922220002', '汽车', ''],
    ])
    const counts = async (mode: string) => (await by.whole(`${mode}.csv`, file, { mode })).counts
    const sums = { rows: 2, read: 2, created: 0, updated: 0, skipped: 0, failed: 0, warned: 0 }
    assert.deepEqual(await counts('update'), { ...sums, updated: 1, failed: 1 })
    const after = await one('旧客户新名')
    assert.equal(after.id, before.id)
    assert.deepEqual(
      [after.version, after.industry, after.note, after.phones],
      [2, '茶叶', '保留', ['13922220001', '0571-88880001']],
    )
    assert.deepEqual(await counts('both'), { ...sums, created: 1, skipped: 1 })
    assert.deepEqual(await counts('insert'), { ...sums, skipped: 2, warned: 2 })
    assert.equal((await one('旧客户新名')).version, 2)
  })

  it('gives the failed rows back, to be corrected and imported again', async () => {
    const by = importing(house, house.ann)
    const done = await by.whole(
      '名单.csv',
      csvFile([
        ['客户名称', '阶段', '备注'],
        ['好客户', '潜在', '一'],
        ['坏客户', '不存在', '"引号",逗号'],
      ]),
    )
    assert.equal(done.counts.failed, 1)
    const answer = await house.ann.call('GET', `/imports/${done.id}/failures?format=xlsx`)
    assert.match(String(answer.headers['content-disposition']), /filename\*=UTF-8''.*\.xlsx/)
    const [titles, row, ...more] = await tableRows(answer.raw)
    assert.deepEqual(titles, [reasonHeading.zh, '客户名称', '阶段', '备注'])
    assert.match(row?.[0] ?? '', /^阶段：没有「不存在」这一项/)
    assert.deepEqual([row?.slice(1), more], [['坏客户', '不存在', '"引号",逗号'], []])
    const corrected = await xlsxFile([titles ?? [], (row ?? []).with(2, '成交')])
    const again = await by.upload('改好.xlsx', corrected)
    assert.deepEqual(again.mapping, [null, 'name', 'stage', 'note'])
    await by.check(again.id)
    assert.equal((await by.run(again.id)).counts.created, 1)
    assert.deepEqual((await one('坏客户')).note, '"引号",逗号')
  })

  it('adds the contacts of rows that repeat a customer to that customer', async () => {
    const by = importing(house, house.ann)
    const done = await by.whole(
      '多联系人.csv',
      csvFile([
        ['公司名称', '联系人', '联系人职务'],
        ['多人公司', '王芳', '经理'],
        ['多人公司', '李伟', '采购'],
        ['多人公司', '李伟', '采购'],
      ]),
    )
    assert.deepEqual(done.counts, {
      rows: 3,
      read: 3,
      created: 1,
      updated: 1,
      skipped: 1,
      failed: 0,
      warned: 1,
    })
    const { id } = await one('多人公司')
    assert.deepEqual(
      (await contactsOf(id)).map((each) => [each.name, each.position]),
      [
        ['李伟', '采购'],
        ['王芳', '经理'],
      ],
    )
  })

  it('merges several phone columns and the parts of a region', async () => {
    const by = importing(house, house.ann)
    const done = await by.whole(
      '分列.csv',
      csvFile([
        ['姓名', '手机', '固定电话', '省份', '城市'],
        ['分列客户', '13933330001', '0571-88883333', '浙江', '杭州'],
      ]),
      { defaults: { kind: 'person' } },
    )
    assert.equal(done.counts.created, 1)
    const row = await one('分列客户')
    assert.deepEqual(
      [row.phones, row.region, row.kind],
      [['13933330001', '0571-88883333'], '330100', 'person'],
    )
  })
})

describe('the settings of an import', () => {
  it('need the version, refuse what may not be written, and make a check count no more', async () => {
    const by = importing(house, house.ann)
    const file = csvFile([
      ['客户名称', '下一步日期', '最近联系'],
      ['甲', '', ''],
    ])
    const { id, version, mapping } = await by.upload('a.csv', file)
    assert.deepEqual(mapping, ['name', null, null])
    const patch = (body: unknown, given = version) =>
      house.ann.call('PATCH', `/imports/${id}`, { body, version: given })
    assert.equal((await house.ann.call('PATCH', `/imports/${id}`, { body: {} })).status, 428)
    assert.equal((await patch({}, 7)).status, 412)
    const errors = (answer: { body: unknown }) =>
      (answer.body as { errors: { path: string; reason: string }[] }).errors
    assert.deepEqual(
      errors(await patch({ mapping: ['name', 'next_due_on', 'nonsense'] })).map(
        (each) => each.reason,
      ),
      ['field_not_writable', 'field_unknown'],
    )
    assert.equal(
      errors(await patch({ mapping: ['name', 'name', null] }))[0]?.reason,
      'field_mapped_twice',
    )
    assert.equal(errors(await patch({ key: 'phones' }))[0]?.reason, 'key_not_mapped')
    assert.equal(
      errors(await patch({ mapping: [null, null, null], mode: 'update' }))[0]?.reason,
      'key_needed',
    )
    assert.equal(errors(await patch({ owner_id: 1 }))[0]?.reason, 'person_unknown')
    await by.check(id)
    assert.equal((await by.set(id, { mode: 'both' })).status, 'uploaded')
    assert.equal((await house.ann.call('POST', `/imports/${id}/run`)).status, 409)
  })

  it('read the file anew in another encoding', async () => {
    const by = importing(house, house.ann)
    const { id, encoding } = await by.upload(
      'a.csv',
      csvFile(
        [
          ['客户名称', '备注'],
          ['甲', '乙'],
        ],
        'gb18030',
      ),
    )
    assert.equal(encoding, 'gb18030')
    assert.notDeepEqual((await by.set(id, { encoding: 'utf-16le' })).header, ['客户名称', '备注'])
    assert.deepEqual((await by.set(id, { encoding: 'gb18030' })).mapping, ['name', 'note'])
  })
})

describe('who may import', () => {
  it('a reader may not; an import is seen by its maker and the administrator alone', async () => {
    const file = csvFile([['客户名称'], ['甲方']])
    const query = { entity: 'customer', name: 'a.csv' }
    assert.equal((await house.bob.call('POST', '/imports', { query, raw: file })).status, 403)
    const { id } = await importing(house, house.ann).upload('a.csv', file)
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/problems'],
      ['GET', '/failures'],
      ['POST', '/check'],
      ['POST', '/run'],
      ['POST', '/cancellation'],
    ] as const)
      assert.equal((await house.eve.call(method, `/imports/${id}${path}`)).status, 404, path)
    const seen = async (by: typeof house.eve) =>
      ((await by.call('GET', '/imports')).body as { items: { id: string }[] }).items.some(
        (each) => each.id === id,
      )
    assert.deepEqual(
      [await seen(house.ann), await seen(house.eve), await seen(house.root)],
      [true, false, true],
    )
  })

  it('an import changes and finds only what its maker may see', async () => {
    const hers = await made({ name: '安的客户', phones: ['13944440001'] }, house.ann)
    const by = importing(house, house.eve)
    const file = csvFile([
      ['名称', '电话', '备注'],
      ['改名', '13944440001', '越权'],
    ])
    const update = await by.whole('u.csv', file, { mode: 'update' })
    assert.deepEqual([update.counts.updated, update.counts.failed], [0, 1])
    assert.equal((await by.problems(update.id))[0]?.reason, 'record_not_found')
    const row = await one('安的客户')
    assert.deepEqual([row.id, row.version, row.note], [hers.id, 1, null])
    const both = await by.whole('b.csv', file, { mode: 'both' })
    assert.equal(both.counts.created, 1)
    assert.equal((await one('改名')).owner_id, house.eve.id)
  })

  it('runs as who started it, and not at all once that person has left', async () => {
    const by = importing(house, house.eve)
    const { id } = await by.upload('a.csv', csvFile([['名称'], ['离职后']]))
    await by.check(id)
    await by.start(id, 'run')
    await house.db
      .updateTable('person')
      .set({ active: false })
      .where('id', '=', house.eve.id)
      .execute()
    await house.work()
    await house.db
      .updateTable('person')
      .set({ active: true })
      .where('id', '=', house.eve.id)
      .execute()
    const { status, reason } = await by.get(id)
    assert.deepEqual([status, reason], ['failed', 'person_inactive'])
    assert.equal((await named('离职后')).length, 0)
  })
})

it('no fault was met on the way', () => assert.deepEqual(house.faults, []))
