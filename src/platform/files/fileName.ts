/** Longest name that every file system takes, in UTF-8 bytes. */
const longest = 200

/**
 * A name fit to be stored and offered for download: the last part of a path, without control and
 * direction characters (which hide an extension: `exe.\u202egnp`) and characters that Windows
 * refuses. Never empty.
 */
export const cleanFileName = (name: string): string => {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+|[ .]+$/g, '')
  return shortened(clean) || '文件'
}

const shortened = (name: string): string => {
  if (Buffer.byteLength(name) <= longest) return name
  const [, stem = name, extension = ''] = /^(.*?)(\.[^.]{1,10})?$/s.exec(name) ?? []
  const letters = [...stem]
  while (Buffer.byteLength(letters.join('') + extension) > longest) letters.pop()
  return letters.join('') + extension
}
