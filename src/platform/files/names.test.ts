import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { cleanFileName } from './fileName.ts'
import { headBytes, isInline, mediaTypeOf } from './mediaType.ts'

const names: [given: string, kept: string][] = [
  ['客户名单.xlsx', '客户名单.xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\王芳\\报价 单.docx', '报价 单.docx'],
  ['发票\u202excod.exe', '发票xcod.exe'],
  ['a\0b\r\nc.txt', 'abc.txt'],
  ['say "hi"?.txt', 'say _hi__.txt'],
  ['...', '文件'],
  ['', '文件'],
]
for (const [given, kept] of names)
  test(`keeps ${JSON.stringify(given)} as ${kept}`, () => assert.equal(cleanFileName(given), kept))

test('a name is never a path, never empty, short enough for every disk, and stays when cleaned again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (given) => {
      const name = cleanFileName(given)
      assert.ok(name !== '' && !/[\\/\p{Cc}]/u.test(name) && Buffer.byteLength(name) <= 200)
      assert.equal(cleanFileName(name), name)
    }),
  )
})

test('a long name keeps its extension', () => {
  assert.match(cleanFileName(`${'很'.repeat(300)}.pdf`), /^很+\.pdf$/)
})

const types: [bytes: string, name: string, type: string][] = [
  ['\x89PNG\r\n\x1a\n', 'x.txt', 'image/png'],
  ['\xff\xd8\xff\xe0', 'x', 'image/jpeg'],
  ['RIFF\x00\x00\x00\x00WEBPVP8 ', 'x', 'image/webp'],
  ['%PDF-1.7', 'x.png', 'application/pdf'],
  ['PK\x03\x04', 'x.zip', 'application/zip'],
  ['PK\x03\x04', 'x.XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['<svg onload=alert(1)>', 'x.png', 'text/plain'],
  ['<!doctype html><script>', 'x.gif', 'text/plain'],
  ['\x00\x01\x02', 'x.png', 'application/octet-stream'],
]
for (const [bytes, name, type] of types)
  test(`${JSON.stringify(bytes)} called ${name} is ${type}`, () =>
    assert.equal(mediaTypeOf(Buffer.from(bytes, 'latin1'), name), type))

test('only bytes of a picture make a file that is shown inline', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: headBytes }), (page) => {
      const type = mediaTypeOf(Buffer.from(page), 'x.png')
      assert.equal(isInline(type) && !/^GIF8[79]a/.test(page), false)
    }),
  )
})
