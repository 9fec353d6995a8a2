import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import iconv from 'iconv-lite'
import { ZipFile } from 'yazl'
import { csvFile, importing } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const zipOf = async (files: Record<string, string | Buffer>): Promise<Buffer> => {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}
/** The same bytes with a name of the same length that the writer would refuse or write otherwise. */
const renamed = (zip: Buffer, from: string, to: Buffer): Buffer => {
  const result = Buffer.from(zip)
  for (let at = result.indexOf(from); at >= 0; at = result.indexOf(from, at + 1))
    to.copy(result, at)
  return result
}
/** Sets a bit of the general purpose flags in both headers of the first file. */
const flagged = (zip: Buffer, bit: number, on: boolean): Buffer => {
  const result = Buffer.from(zip)
  for (const [mark, place] of [
    ['PK\u0003\u0004', 6],
    ['PK\u0001\u0002', 8],
  ] as const)
    for (let at = result.indexOf(mark); at >= 0; at = result.indexOf(mark, at + 4)) {
      const flags = result.readUInt16LE(at + place)
      result.writeUInt16LE(on ? flags | bit : flags & ~bit, at + place)
    }
  return result
}

const filesOf = async (name: string) =>
  (
    await house.db
      .selectFrom('file')
      .innerJoin('customer', 'customer.id', 'file.customer_id')
      .select(['file.name', 'file.sha256'])
      .where('customer.name', '=', name)
      .where('file.deleted_at', 'is', null)
      .orderBy('file.name')
      .execute()
  ).map((file) => file.name)

describe('a zip with a table and files', () => {
  it('tells missing and unused files first, gives each customer its files, and undo takes them away', async () => {
    const by = importing(house, house.ann)
    const table = csvFile([
      ['客户名称', '附件'],
      ['附一', '合同.pdf；图/门头.jpg'],
      ['附二', '没有.pdf'],
      ['附三', '同名.txt'],
      ['附四', ''],
    ])
    const zip = await zipOf({
      '资料/客户.csv': table,
      '资料/合同.pdf': '%PDF-1.7 contract',
      '资料/图/门头.jpg': 'picture',
      '资料/图/同名.txt': 'one',
      '资料/其他/同名.txt': 'two',
      '资料/没人要.txt': 'unused',
      '__MACOSX/资料/._客户.csv': 'rubbish',
    })
    const uploaded = await by.upload('资料.zip', zip)
    assert.deepEqual(uploaded.mapping, ['name', '@files'])
    assert.deepEqual(uploaded.archive?.files, 5)
    const { counts, archive } = await by.check(uploaded.id)
    assert.deepEqual([counts.created, counts.failed], [2, 2])
    assert.deepEqual(
      (await by.problems(uploaded.id)).map(({ row, reason, value }) => [row, reason, value]),
      [
        [3, 'attachment_missing', '没有.pdf'],
        [4, 'attachment_ambiguous', '同名.txt'],
      ],
    )
    assert.deepEqual(
      [archive?.unused_count, [...(archive?.unused ?? [])].sort()],
      [3, ['资料/其他/同名.txt', '资料/没人要.txt', '资料/图/同名.txt'].sort()],
    )
    assert.deepEqual(await filesOf('附一'), [])
    const done = await by.run(uploaded.id)
    assert.equal(done.counts.created, 2)
    assert.deepEqual(await filesOf('附一'), ['合同.pdf', '门头.jpg'])
    assert.equal((await house.ann.call('POST', `/imports/${done.id}/undo`)).status, 202)
    await house.work()
    assert.equal((await by.get(done.id)).status, 'undone')
    assert.deepEqual(await filesOf('附一'), [])
  })

  it('adds to a customer that is there, once, and undo takes only that file', async () => {
    const by = importing(house, house.ann)
    await house.ann.call('POST', '/customers', { body: { name: '旧户' } })
    const zip = await zipOf({
      '客户.csv': csvFile([
        ['客户名称', '附件'],
        ['旧户', '证.txt'],
        ['旧户', '证.txt'],
      ]),
      '证.txt': 'licence',
    })
    const { id } = await by.upload('补.zip', zip)
    await by.set(id, { mode: 'both', key: 'name' })
    await by.check(id)
    const { counts } = await by.run(id)
    assert.deepEqual([counts.created, counts.failed], [0, 0])
    assert.deepEqual(await filesOf('旧户'), ['证.txt'])
    await house.ann.call('POST', `/imports/${id}/undo`)
    await house.work()
    assert.deepEqual(await filesOf('旧户'), [])
  })

  it('gives files to what stands below a customer, too, and undo takes both away', async () => {
    const made = await house.ann.call('POST', '/customers', { body: { name: '往来户' } })
    const customer: { id: string } = made.body
    const by = importing(house, house.ann)
    const table = csvFile([
      ['客户', '时间', '内容', '附件'],
      ['往来户', '2026-11-20 10:00', '看了门店', '门头.jpg'],
      ['往来户', '2026-11-20 11:00', '谈了价格', '门头.jpg；报价.txt'],
    ])
    const raw = await zipOf({ '往来.csv': table, '门头.jpg': 'jpeg', '报价.txt': '一百' })
    const uploaded = await by.upload('往来.zip', raw, 'interaction')
    assert.equal(uploaded.mapping[3], '@files')
    assert.deepEqual((await by.check(uploaded.id)).counts.failed, 0)
    assert.equal((await by.run(uploaded.id)).counts.created, 2)
    const { body } = await house.ann.call('GET', `/customers/${customer.id}/files`)
    const { items }: { items: { name: string; subject_kind: string }[] } = body
    assert.deepEqual(items.map(({ name, subject_kind }) => [name, subject_kind]).sort(), [
      ['报价.txt', 'interaction'],
      ['门头.jpg', 'interaction'],
    ])
    assert.equal((await house.ann.call('POST', `/imports/${uploaded.id}/undo`)).status, 202)
    await house.work()
    const { undo } = await by.get(uploaded.id)
    assert.deepEqual([undo?.done, undo?.kept], [4, 0])
    assert.deepEqual(await filesOf('往来户'), [])
  })

  it('may have names in GBK, as Chinese Windows packs', async () => {
    const plain = await zipOf({
      'kehu.csv': csvFile([
        ['客户名称', '附件'],
        ['国标户', '合同.txt'],
      ]),
      'AABB.txt': 'x',
    })
    const zip = flagged(renamed(plain, 'AABB.txt', iconv.encode('合同.txt', 'gbk')), 0x800, false)
    const by = importing(house, house.ann)
    const { id } = await by.upload('国标.zip', zip)
    assert.equal((await by.check(id)).counts.failed, 0)
    await by.run(id)
    assert.deepEqual(await filesOf('国标户'), ['合同.txt'])
  })

  it('is refused when it is dangerous, locked, broken, or has not one table', async () => {
    const table = csvFile([['客户名称'], ['甲']])
    const bomb = Buffer.alloc(40 * 1024 * 1024)
    const good = await zipOf({ 'a.csv': table, 'xx/b.txt': 'b' })
    const cases: [string, Buffer, string][] = [
      ['leads out', renamed(good, 'xx/b.txt', Buffer.from('../b.txt')), 'bundle_path_unsafe'],
      ['is absolute', renamed(good, 'xx/b.txt', Buffer.from('/x/b.txt')), 'bundle_path_unsafe'],
      ['is locked', flagged(good, 1, true), 'bundle_encrypted'],
      ['is a bomb', await zipOf({ 'a.csv': table, 'b.bin': bomb }), 'bundle_too_large'],
      ['has two tables', await zipOf({ 'a.csv': table, 'b.csv': table }), 'bundle_tables_several'],
      ['has no table', await zipOf({ 'a.pdf': '%PDF' }), 'file_is_archive'],
    ]
    for (const [name, raw, reason] of cases) {
      const answer = await house.ann.call('POST', '/imports', {
        ...{ raw, query: { entity: 'customer', name: `${name}.zip` } },
      })
      const { reason: told }: { reason: string } = answer.body
      assert.equal(told, reason, name)
    }
  })
})
