import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { importing, tableRows } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { openArchive } from '../tables/archive.ts'
import { openTable } from '../tables/openTable.ts'
import { foldTitle } from './heading.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const partOf = async (path: string, part: string) => {
  const archive = await openArchive(path, 1e9)
  const bytes = await Array.fromAsync(archive.read(part))
  archive.close()
  return Buffer.concat(bytes).toString()
}

describe('the template of an import', () => {
  it('has every field the person may write, required ones marked, choices as drop-downs, notes beside', async () => {
    await house.root.call('POST', '/fields', {
      body: {
        entity: 'customer',
        definition: {
          ...{ name: 'x_colour', kind: 'choice', label: { zh: '颜色', en: '' } },
          choices: [{ value: 'red', label: { zh: '红', en: '' } }],
        },
      },
    })
    const { status, raw } = await house.ann.call('GET', '/import-templates/customer')
    assert.equal(status, 200)
    const [header = []] = await tableRows(raw)
    assert.ok(header.includes('名称*') && header.includes('颜色') && header.includes('联系人电话'))
    assert.ok(!header.includes('客户编号'), 'the product numbers customers itself')
    const folder = await mkdtemp(join(tmpdir(), 'zhike-template-'))
    const path = join(folder, 'a.xlsx')
    await writeFile(path, raw)
    const table = await openTable(path)
    assert.deepEqual(table.sheets, ['客户', '填写说明'])
    await table.close()
    const main = await partOf(path, 'xl/worksheets/sheet1.xml')
    const lists = await partOf(path, 'xl/worksheets/sheet3.xml')
    assert.equal(main.match(/<dataValidation /g)?.length, header.length)
    assert.match(
      main,
      /<dataValidation type="list"[^>]*><formula1>Lists!\$[A-Z]+\$1:\$[A-Z]+\$\d+<\/formula1>/,
    )
    for (const word of ['红', '安销售', '浙江省', '是', '潜在'])
      assert.ok(lists.includes(`>${word}<`), word)
    await rm(folder, { recursive: true })
  })

  it('is read back with every column known, and refused to those who may not import', async () => {
    const { raw } = await house.root.call('GET', '/import-templates/customer')
    const { mapping, header } = await importing(house, house.root).upload('模板.xlsx', raw)
    const left = header.filter((_, at) => mapping[at] === null)
    assert.deepEqual(left, [])
    assert.equal(new Set(header.map(foldTitle)).size, header.length)
    assert.equal((await house.bob.call('GET', '/import-templates/customer')).status, 403)
    assert.equal((await house.root.call('GET', '/import-templates/nothing')).status, 400)
  })
})
