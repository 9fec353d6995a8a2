/**
 * What a file is by its first bytes, never by what the sender claims: a page that calls itself a
 * picture would run as a page. What cannot be told is plain text or unknown bytes, so HTML and SVG
 * are plain text here and are never shown inline. The name only parts the kinds inside a ZIP or OLE
 * container, none of which a browser runs.
 */
export const mediaTypeOf = (head: Uint8Array, name: string): string => {
  const text = Buffer.from(head).toString('latin1')
  const known = signatures.find(([at, bytes]) => text.startsWith(bytes, at))?.[2]
  if (known) return inside[known]?.[extensionOf(name)] ?? known
  if (/^RIFF.{4}WEBP/s.test(text)) return 'image/webp'
  if (/^RIFF.{4}WAVE/s.test(text)) return 'audio/wav'
  if (/^.{4}ftyp(heic|heix|mif1)/s.test(text)) return 'image/heic'
  if (/^.{4}ftypM4A/s.test(text)) return 'audio/mp4'
  if (/^.{4}ftyp/s.test(text)) return 'video/mp4'
  return looksLikeText(head) ? 'text/plain' : 'application/octet-stream'
}

/** Bytes at the start that tell every kind above. */
export const headBytes = 512

/** Pictures that a browser shows and that can hold no script. */
export const isInline = (mediaType: string) =>
  ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(mediaType)

const signatures: readonly [at: number, bytes: string, mediaType: string][] = [
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, 'GIF87a', 'image/gif'],
  [0, 'GIF89a', 'image/gif'],
  [0, '%PDF-', 'application/pdf'],
  [0, 'PK\x03\x04', 'application/zip'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
  [0, 'Rar!\x1a\x07', 'application/vnd.rar'],
  [0, '7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed'],
  [0, 'ID3', 'audio/mpeg'],
  [0, '\xff\xfb', 'audio/mpeg'],
  [0, '#!AMR', 'audio/amr'],
  [0, 'II*\0', 'image/tiff'],
  [0, 'MM\0*', 'image/tiff'],
]

const openXml = 'application/vnd.openxmlformats-officedocument'
const inside: Record<string, Record<string, string>> = {
  'application/zip': {
    docx: `${openXml}.wordprocessingml.document`,
    xlsx: `${openXml}.spreadsheetml.sheet`,
    pptx: `${openXml}.presentationml.presentation`,
  },
  'application/x-ole-storage': {
    doc: 'application/msword',
    xls: 'application/vnd.ms-excel',
    ppt: 'application/vnd.ms-powerpoint',
    msg: 'application/vnd.ms-outlook',
  },
}

const extensionOf = (name: string) => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''

const looksLikeText = (head: Uint8Array) =>
  !head.some((byte) => byte < 9 || (byte > 13 && byte < 27))
