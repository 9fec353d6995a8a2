import { createReadStream } from 'node:fs'
import { detectEncoding, type Encoding, type Sample, sampleText } from './encoding.ts'
import { refuse, type TableReason } from './refusals.ts'

const signatures: { bytes: string; reason: TableReason }[] = [
  { bytes: '25504446', reason: 'file_is_pdf' },
  { bytes: '7b5c727466', reason: 'file_is_document' },
  { bytes: '89504e470d0a1a0a', reason: 'file_is_picture' },
  { bytes: 'ffd8ff', reason: 'file_is_picture' },
  { bytes: '47494638', reason: 'file_is_picture' },
  { bytes: '526172211a07', reason: 'file_is_archive' },
  { bytes: '377abcaf271c', reason: 'file_is_archive' },
  { bytes: '1f8b08', reason: 'file_is_archive' },
]

/** The old Office container; a workbook with a password is wrapped in one too. */
const oleSignature = 'd0cf11e0a1b11ae1'
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le')

const webPage = /^(?:mime-version:|<!doctype\s+html|<(?:html|head|body|meta|style|table|div)[\s>])/i

/** Says whether a file is a zip (a workbook, perhaps) or text; refuses each other kind by name. */
export const refuseOtherKinds = async (
  path: string,
  sample: Sample,
  encoding: Encoding | undefined,
): Promise<'zip' | 'text'> => {
  const { bytes } = sample
  const known = signatures.find((one) => begins(bytes, one.bytes))
  if (known) throw refuse(known.reason)
  if (begins(bytes, oleSignature))
    throw refuse(
      (await contains(path, encryptedStream)) ? 'file_is_protected' : 'file_is_old_excel',
    )
  if (begins(bytes, '504b0304') || begins(bytes, '504b0506')) return 'zip'
  refuseMarkup(sample, encoding ?? detectEncoding(sample))
  return 'text'
}

const begins = (bytes: Buffer, hex: string) =>
  bytes.subarray(0, hex.length / 2).toString('hex') === hex

/** The stream's name stands in the container's directory, which may lie anywhere in the file. */
const contains = async (path: string, wanted: Buffer) => {
  let tail = Buffer.alloc(0)
  for await (const chunk of createReadStream(path)) {
    const bytes = Buffer.concat([tail, chunk])
    if (bytes.includes(wanted)) return true
    tail = bytes.subarray(-wanted.length)
  }
  return false
}

const refuseMarkup = (sample: Sample, encoding: Encoding) => {
  const head = { bytes: sample.bytes.subarray(0, 4096), whole: false }
  const text = sampleText(head, encoding).trimStart()
  if (text === '' && sample.whole) throw refuse('file_empty')
  if (webPage.test(text)) throw refuse('file_is_web_page')
  if (text.startsWith('<?xml'))
    throw refuse(/<html[\s>]/i.test(text) ? 'file_is_web_page' : 'file_is_xml')
}
