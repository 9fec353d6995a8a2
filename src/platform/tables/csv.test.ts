import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import iconv from 'iconv-lite'
import { AppError } from '#platform/errors/error.ts'
import { openTable } from './openTable.ts'
import { readAll, refusalOf, testFile } from './testTables.ts'

const read = async (t: TestContext, content: string | Uint8Array, options = {}) => {
  const { header, all, encoding, separator } = await readAll(await testFile(t, content), options)
  return { header, all, encoding, separator }
}

const refused = async (t: TestContext, content: string | Uint8Array, options = {}) =>
  refusalOf(await testFile(t, content), options)

test('quotes, line ends, empty lines and ragged rows', async (t) => {
  const { header, all } = await read(
    t,
    '\n名称,备注,"电话, 手机"\r\n"张三","说""好""",1\r\r李四\n"王\r\n五",,3\n,,\n赵六,2,3,,\n钱七,1,2,多,\n\n',
  )
  assert.deepEqual(header, ['名称', '备注', '电话, 手机'])
  assert.deepEqual(all, [
    { number: 3, cells: ['张三', '说"好"', '1'] },
    { number: 5, cells: ['李四', '', ''] },
    { number: 6, cells: ['王\r\n五', '', '3'] },
    { number: 8, cells: ['赵六', '2', '3'] },
    { number: 9, cells: ['钱七', '1', '2', '多'] },
  ])
})

test('what writing escaped comes back, and no other apostrophe', async (t) => {
  const { all } = await read(t, "a\n'=1\n''=1\n'abc\n-5\n'-5\n")
  assert.deepEqual(
    all.map(({ cells }) => cells[0]),
    ['=1', "'=1", "'abc", '-5', "'-5"],
  )
})

test('each encoding is found, with and without a mark', async (t) => {
  const text = '客户名称,电话\r\n重庆长安汽车,13800138000\r\n'
  const files: [string, Buffer][] = [
    ['utf-8', Buffer.from(text)],
    ['utf-8-bom', Buffer.from(`\uFEFF${text}`)],
    ['gb18030', iconv.encode(text, 'gbk')],
    ['gb18030', iconv.encode(text.replace('长安', '㐂𠮷'), 'gb18030')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
    ['utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ]
  for (const [encoding, bytes] of files) {
    const table = await read(t, bytes)
    assert.equal(table.encoding, encoding)
    assert.deepEqual(table.header, ['客户名称', '电话'])
    assert.equal(table.all[0]?.cells[1], '13800138000')
  }
})

test('a character cut by the end of the sample does not mislead', async (t) => {
  const line = '一二三四五六七八九十,上海市浦东新区\n'
  for (const encoding of ['utf-8', 'gb18030', 'utf-16be']) {
    for (const shift of ['', 'a', 'ab', 'abc']) {
      const bytes = iconv.encode(`${shift}名称,地址\n${line.repeat(9000)}`, encoding)
      assert.ok(bytes.length > 256 * 1024)
      const table = await read(t, bytes)
      assert.equal(table.encoding, encoding)
      assert.deepEqual(table.all.at(-1), {
        number: 9001,
        cells: ['一二三四五六七八九十', '上海市浦东新区'],
      })
    }
  }
})

test('the separator is found although cells hold the others', async (t) => {
  const files: [string, string][] = [
    [';', '名称;"地址, 区, 路, 号";电话\n张三;"a,b,c,d";1\n'],
    ['\t', '名称\t地址\n张三\t上海, 浦东; 张江\n李四\t北京, 海淀; 中关村\n'],
    [',', '名称,"备注"\n张三,"a;b;c"\n李四,"x;\n;y"\n'],
    [',', '名称\n张三\n'],
    [';', '金额;名称\n1,5;a\n2,5;b\n3;c\n'],
    ['|', '名称|地址\n张三|上海, 浦东\n李四|北京\n'],
  ]
  for (const [separator, content] of files)
    assert.equal((await read(t, content)).separator, separator, content)
  assert.deepEqual((await read(t, 'a;b,c\n1;2,3\n', { separator: ';' })).header, ['a', 'b,c'])
  assert.equal((await refused(t, 'a:b', { separator: ':' }))?.reason, 'separator_unknown')
  assert.equal((await refused(t, 'a,b', { encoding: 'big5' }))?.reason, 'encoding_unknown')
})

test('bad bytes are refused with their row, after the rows before', async (t) => {
  const good = '名称,电话\n张三,1\n"李\n四",2\n'
  const bytes = Buffer.concat([
    Buffer.from(`${good}王`),
    Buffer.from([0xff]),
    Buffer.from('五,3\n'),
  ])
  assert.deepEqual(await refused(t, bytes), {
    code: 'bad_input',
    reason: 'text_undecodable',
    row: 4,
    encoding: 'utf-8',
  })
  const quoted = Buffer.concat([
    Buffer.from(`${good}"x\ny`),
    Buffer.from([0xff]),
    Buffer.from('",1\n'),
  ])
  assert.equal((await refused(t, quoted))?.row, 4)
  const late = Buffer.concat([
    Buffer.from(`名称\r${'张三,1\r'.repeat(60_000)}`),
    Buffer.from([0xb0, 0x20, 0x0d]),
  ])
  assert.equal((await refused(t, late))?.row, 60_002)
  const odd = Buffer.concat([Buffer.from('a,b\n1,2\n', 'utf16le'), Buffer.from([0x31])])
  assert.deepEqual(await refused(t, odd), {
    code: 'bad_input',
    reason: 'text_undecodable',
    row: 3,
    encoding: 'utf-16le',
  })
  assert.equal((await refused(t, iconv.encode('名称\n张三', 'gbk'), { encoding: 'utf-8' }))?.row, 1)
})

test('the rows before a bad one are given first', async (t) => {
  const good = `名称,电话\n${'张三,1\n'.repeat(500)}`
  const bad = [Buffer.from([0xff]), Buffer.from(`${'x'.repeat(32_768)},1`)]
  for (const end of bad) {
    const table = await openTable(await testFile(t, Buffer.concat([Buffer.from(good), end])))
    const seen: number[] = []
    await assert.rejects(async () => {
      for await (const { number } of table.rows()) seen.push(number)
    }, AppError)
    assert.equal(seen.length, 500)
    await table.close()
  }
})

test('quotes that do not match are refused with the row where they begin', async (t) => {
  const rows = 'a,b\n1,2\n\n'
  const refusal = { code: 'bad_input', row: 4, encoding: 'utf-8' }
  assert.deepEqual(await refused(t, `${rows}"x,3\n4,5\n`), { ...refusal, reason: 'quote_unclosed' })
  assert.deepEqual(await refused(t, `${rows}"x"y,3\n`), { ...refusal, reason: 'quote_misplaced' })
  assert.deepEqual(await refused(t, `${rows}5",3\n`), { ...refusal, reason: 'quote_misplaced' })
  const endless = `${rows}"${'x\n'.repeat(3 * 1024 * 1024)}`
  assert.deepEqual(await refused(t, endless), { ...refusal, reason: 'row_too_long' })
  const oneLine = `${rows}${'x'.repeat(5 * 1024 * 1024)}`
  assert.deepEqual(await refused(t, oneLine), { ...refusal, reason: 'row_too_long' })
})

test('limits of width and length', async (t) => {
  const wide = Array(1001).fill('x').join(',')
  assert.deepEqual(await refused(t, `${wide}\n`), {
    code: 'bad_input',
    reason: 'columns_too_many',
    row: 1,
    limit: 1000,
  })
  assert.equal(await refused(t, `${wide.slice(2)}${',,,'}\n`), undefined)
  assert.deepEqual(await refused(t, `a,b\n1,${'长'.repeat(32_768)}\n`), {
    code: 'bad_input',
    reason: 'cell_too_long',
    row: 2,
    column: 2,
    limit: 32_767,
  })
  assert.equal(await refused(t, `a,b\n1,${'长'.repeat(32_767)}\n`), undefined)
})
