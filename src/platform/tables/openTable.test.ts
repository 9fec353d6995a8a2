import assert from 'node:assert/strict'
import { closeSync, openSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { tableRefusals } from './refusals.ts'
import { refusalOf, testFile, testFolder, workbookParts, zipOf } from './testTables.ts'
import { writeCsv } from './writeCsv.ts'
import { writeXlsx } from './writeXlsx.ts'

const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex')

test('each other kind of file is refused by its name', async (t) => {
  const files: [reason: keyof typeof tableRefusals, content: string | Buffer][] = [
    ['file_empty', ''],
    ['file_empty', '\uFEFF'],
    ['file_empty', ' \r\n \n'],
    ['table_empty', ',,,\n,\n'],
    [
      'file_is_old_excel',
      Buffer.concat([ole, Buffer.alloc(2000), Buffer.from('Workbook', 'utf16le')]),
    ],
    [
      'file_is_protected',
      Buffer.concat([ole, Buffer.alloc(200_000 - 21), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    ['file_is_pdf', '%PDF-1.7\n'],
    ['file_is_document', '{\\rtf1\\ansi'],
    ['file_is_picture', Buffer.from('89504e470d0a1a0a0000', 'hex')],
    ['file_is_archive', Buffer.from('526172211a070100', 'hex')],
    ['file_is_archive', await zipOf({ '客户.csv': 'a,b' })],
    ['file_is_web_page', '\uFEFF\n<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>'],
    ['file_is_web_page', '<TABLE border=1><tr><td>名称'],
    ['file_is_web_page', iconv.encode('<meta charset="gbk"><table><tr><td>名称</td>', 'gbk')],
    ['file_is_web_page', '<?xml version="1.0"?><!DOCTYPE html><html>'],
    ['file_is_web_page', 'MIME-Version: 1.0\n'],
    ['file_is_xml', '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'],
    ['file_is_numbers', await zipOf({ 'Index/Document.iwa': 'x', 'preview.jpg': 'x' })],
    ['file_is_open_document', await zipOf({ mimetype: 'application/vnd', 'content.xml': 'x' })],
    ['file_is_document', await zipOf({ '[Content_Types].xml': 'x', 'word/document.xml': 'x' })],
    ['file_is_binary_excel', await zipOf({ '[Content_Types].xml': 'x', 'xl/workbook.bin': 'x' })],
    ['file_is_no_table', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) & 0x1f))],
  ]
  for (const [reason, content] of files) {
    const refusal = await refusalOf(await testFile(t, content))
    assert.equal(refusal?.reason, reason)
    assert.equal(refusal?.code, 'bad_input')
  }
})

test('a folder and a missing file are refused', async (t) => {
  const folder = await testFolder(t)
  assert.equal((await refusalOf(folder))?.reason, 'file_is_folder')
  const missing = await refusalOf(join(folder, 'none.csv'))
  assert.deepEqual(missing, { code: 'not_found', reason: 'file_missing' })
})

test('words of refusals name only facts that are given', async (t) => {
  for (const [reason, { zh, en }] of Object.entries(tableRefusals)) {
    const names = (words: string) =>
      [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    assert.deepEqual(names(zh), names(en), reason)
    assert.match(zh, /[。]$/)
  }
  const facts = await refusalOf(await testFile(t, 'a\n"b'))
  assert.ok(facts && 'row' in facts)
})

test('law: no bytes make reading throw anything but a refusal', async (t) => {
  const path = join(await testFolder(t), 'table')
  const parts = workbookParts({
    formats: [14, 'yyyy'],
    shared: '<si><t>名称</t></si><si><t>张三</t></si>',
    sheetData:
      '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>45293.5</v></c></row>',
  })
  const seeds = [
    await zipOf(parts),
    await buffer(writeXlsx([{ title: '名称' }], [['张三'], ['李四']])),
    await buffer(
      writeCsv(
        ['名称', '备注'],
        [
          ['张三', '"\n,;'],
          ['李四', ''],
        ],
      ),
    ),
    iconv.encode('名称,电话\r\n"张,三",1', 'gbk'),
    iconv.encode('名称;电话\r\n张三;1', 'utf-16le'),
    ole,
  ]
  const damaged = fc
    .record({
      seed: fc.constantFrom(...seeds),
      cut: fc.nat(5000),
      changes: fc.array(fc.record({ at: fc.nat(5000), to: fc.nat(255) }), { maxLength: 6 }),
    })
    .map(({ seed, cut, changes }) => {
      const bytes = Buffer.from(cut % 2 ? seed : seed.subarray(0, cut))
      for (const { at, to } of changes) if (bytes.length > 0) bytes[at % bytes.length] = to
      return bytes
    })
  // Damage to the XML itself, behind a checksum that is right.
  const rewritten = fc
    .record({
      part: fc.constantFrom(...Object.keys(parts)),
      at: fc.nat(2000),
      put: fc.constantFrom('<', '>', '"', '&', '</row>', '<c>', '9', '', '<t>', '\0', '-1', 'x'),
      drop: fc.nat(9),
    })
    .map(({ part, at, put, drop }) => {
      const xml = parts[part] ?? ''
      const from = at % (xml.length + 1)
      return zipOf({ ...parts, [part]: xml.slice(0, from) + put + xml.slice(from + drop) })
    })
  const anything = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 300 }), damaged, rewritten)
  await fc.assert(
    fc.asyncProperty(
      anything,
      fc.constantFrom(undefined, 'utf-8', 'gb18030', 'utf-16le', 'utf-16be'),
      async (bytes, encoding) => {
        await writeFile(path, await bytes)
        await refusalOf(path, encoding ? { encoding } : {})
      },
    ),
    { numRuns: 800 },
  )
})

test('files are closed whether they are read or refused', async (t) => {
  const broken = workbookParts({ sheetData: '<row r="1"><c t="s"><v>9</v></c></row>' })
  const whole = await buffer(writeXlsx([{ title: '名称' }], [['张三'], ['李四']]))
  const paths = await Promise.all(
    [await zipOf(broken), whole, 'a\n1', 'a\n"', ole].map((bytes) => testFile(t, bytes)),
  )
  // The system gives the lowest free number: it would climb with every file left open.
  const nextNumber = () => {
    const number = openSync(paths[0] ?? '', 'r')
    closeSync(number)
    return number
  }
  const before = nextNumber()
  for (let i = 0; i < 10; i++) for (const path of paths) await refusalOf(path)
  assert.ok(nextNumber() <= before + 2)
})
