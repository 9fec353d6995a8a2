import { refuse } from './refusals.ts'

export const encodings = ['utf-8', 'utf-8-bom', 'gb18030', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof encodings)[number]

export type Sample = { bytes: Buffer; whole: boolean }

/**
 * The encoding of a text file by its first bytes: a byte order mark; else UTF-16 by its zero bytes;
 * else UTF-8 when strictly so, also where the sample cuts a character; else GB18030 (a superset of
 * GBK and GB2312). UTF-8 with a few broken characters stays UTF-8, so that reading names the row.
 */
export const detectEncoding = ({ bytes, whole }: Sample): Encoding => {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8-bom'
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le'
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be'
  const wide = wideOrder(bytes)
  if (wide) return wide
  if (controlShare(bytes) > 0.01) throw refuse('file_is_no_table')
  if (decodes(bytes, 'utf-8', whole)) return 'utf-8'
  return mostlyUtf8(bytes) ? 'utf-8' : 'gb18030'
}

/** How many bytes of byte order mark to skip. */
export const bomLength = (bytes: Buffer, encoding: Encoding): number => {
  if (encoding === 'gb18030') return 0
  if (encoding === 'utf-16le') return startsWith(bytes, [0xff, 0xfe]) ? 2 : 0
  if (encoding === 'utf-16be') return startsWith(bytes, [0xfe, 0xff]) ? 2 : 0
  return startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0
}

/** The sample as text without its mark; what cannot be decoded is replaced, a cut end left out. */
export const sampleText = ({ bytes, whole }: Sample, encoding: Encoding): string =>
  new TextDecoder(label(encoding), { ignoreBOM: true }).decode(
    bytes.subarray(bomLength(bytes, encoding)),
    { stream: !whole },
  )

/** A strict decoder for whole pieces: throws on the first character that is not of the encoding. */
export const strictDecoder = (encoding: Encoding) => {
  const decoder = new TextDecoder(label(encoding), { fatal: true, ignoreBOM: true })
  return (bytes: Buffer): string => decoder.decode(bytes)
}

/** Bytes of one code unit. */
export const unitBytes = (encoding: Encoding) => (encoding.startsWith('utf-16') ? 2 : 1)

const label = (encoding: Encoding) => (encoding === 'utf-8-bom' ? 'utf-8' : encoding)

const startsWith = (bytes: Buffer, mark: number[]) => mark.every((byte, i) => bytes[i] === byte)

/**
 * UTF-16 without a mark: line ends, separators and digits leave zero bytes, all on one side. Blank
 * and 0 do not count: with the bytes swapped they are U+2000 and U+3000, the Chinese blank.
 */
const wideOrder = (bytes: Buffer): Encoding | undefined => {
  let little = 0
  let big = 0
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    if (bytes[i + 1] === 0 && isTelling(bytes[i])) little++
    if (bytes[i] === 0 && isTelling(bytes[i + 1])) big++
  }
  const enough = bytes.length / 500
  if (little > enough && little > 4 * big) return 'utf-16le'
  if (big > enough && big > 4 * little) return 'utf-16be'
  return undefined
}

const isTelling = (byte = 0) =>
  isBlank(byte) || byte === 0x2c || byte === 0x3b || (byte > 0x30 && byte <= 0x39)
const isBlank = (byte: number) => byte === 0x09 || byte === 0x0a || byte === 0x0d

const controlShare = (bytes: Buffer) => {
  let count = 0
  for (const byte of bytes) if (byte < 0x20 && !isBlank(byte)) count++
  return bytes.length === 0 ? 0 : count / bytes.length
}

const decodes = (bytes: Buffer, encoding: string, whole: boolean) => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !whole })
    return true
  } catch {
    return false
  }
}

/** Chinese in GBK has next to no valid UTF-8 sequences, UTF-8 with a slip has next to nothing else. */
const mostlyUtf8 = (bytes: Buffer) => {
  let good = 0
  let bad = 0
  for (const character of new TextDecoder('utf-8').decode(bytes)) {
    if (character === '\uFFFD') bad++
    else if (character > '\u007F') good++
  }
  return good > 4 * bad
}
