import { crc32 } from 'node:zlib'
import iconv from 'iconv-lite'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { AppError } from '#platform/errors/error.ts'
import { refuse } from './refusals.ts'

/** A zip with one table and the files that its rows name. */
export type Bundle = {
  /** The path of the table inside. */
  table: string
  /** The paths of all other files. */
  files: readonly string[]
  /** The inflated bytes of one of them, held to the size that was checked, with its checksum. */
  read: (path: string) => AsyncIterable<Buffer>
  close: () => void
}

const maxFiles = 10_000
/** Deflate itself ends at about 1,030; real pictures and documents hardly shrink. */
const maxRatio = 300
const harmlessBytes = 16 * 1024 * 1024

const tableName = /\.(xlsx|csv|tsv)$/i

/** Whether a zip is a bundle and no workbook: those have their table of contents at a fixed place. */
export const isBundle = async (path: string): Promise<boolean> => {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch(
    () => undefined,
  )
  if (!zip) return false
  try {
    const names: string[] = []
    for await (const entry of zip.eachEntry()) {
      names.push(nameOf(entry))
      if (names.length > maxFiles) return true
    }
    const office = /^(\[Content_Types\]\.xml|content\.xml|mimetype|index\/.*|index\.zip)$/i
    return !names.some((name) => office.test(name)) && names.some((name) => tableName.test(name))
  } catch {
    return false
  } finally {
    zip.close()
  }
}

/**
 * Opens a bundle by its directory; nothing is inflated before it is asked for. Names may be UTF-8 or
 * GBK. Refuses paths that lead out of it, encrypted files, sizes beyond the limits, and more or less
 * than one table at its top.
 */
export const openBundle = async (
  path: string,
  limits: { fileBytes: number; allBytes: number },
): Promise<Bundle> => {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch(() => {
    throw refuse('bundle_broken')
  })
  try {
    const entries = await listed(zip, limits)
    const table = tableOf([...entries.keys()])
    return {
      table,
      files: [...entries.keys()].filter((name) => name !== table),
      read: (name) => {
        const entry = entries.get(name)
        if (!entry) throw refuse('bundle_broken', { name })
        return inflate(zip, entry, name)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error instanceof AppError ? error : refuse('bundle_broken')
  }
}

const listed = async (zip: ZipFile, limits: { fileBytes: number; allBytes: number }) => {
  const entries = new Map<string, Entry>()
  let sum = 0
  if (zip.entryCount > maxFiles) throw refuse('bundle_too_large', { limit: maxFiles })
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry).replaceAll('\\', '/').normalize('NFC')
    if (isUnsafe(name)) throw refuse('bundle_path_unsafe', { name })
    if (name.endsWith('/') || isRubbish(name)) continue
    if (entry.isEncrypted()) throw refuse('bundle_encrypted', { name })
    if (entries.has(name)) throw refuse('bundle_broken', { name })
    const { uncompressedSize: size, compressedSize } = entry
    sum += size
    const bomb = size > harmlessBytes && size / Math.max(compressedSize, 1) > maxRatio
    if (size > limits.fileBytes || sum > limits.allBytes || bomb)
      throw refuse('bundle_too_large', { name, limit: limits.fileBytes })
    entries.set(name, entry)
  }
  return entries
}

/** What the systems of other people put beside the files. */
const isRubbish = (name: string) =>
  /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|\._|desktop\.ini$)/i.test(name)

const isUnsafe = (name: string) =>
  name.startsWith('/') ||
  /^[a-z]:/i.test(name) ||
  name.includes('\0') ||
  name.split('/').includes('..')

/** The one table that stands highest; the files may be tables too, further down. */
const tableOf = (names: readonly string[]): string => {
  const tables = names.filter((name) => tableName.test(name))
  const depth = (name: string) => name.split('/').length
  const top = Math.min(...tables.map(depth))
  const [table, ...more] = tables.filter((name) => depth(name) === top)
  if (table === undefined) throw refuse('file_is_archive')
  if (more.length > 0)
    throw refuse('bundle_tables_several', { names: [table, ...more].slice(0, 5).join('、') })
  return table
}

/** UTF-8 where the zip says so or the bytes are; else GBK, as Chinese Windows packs. */
const nameOf = (entry: Entry): string => {
  const raw: unknown = entry.fileName
  if (!Buffer.isBuffer(raw)) return String(raw)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    return iconv.decode(raw, 'gb18030')
  }
}

async function* inflate(zip: ZipFile, entry: Entry, name: string): AsyncGenerator<Buffer> {
  let sum = 0
  const stream = await zip.openReadStreamPromise(entry).catch(() => {
    throw refuse('bundle_broken', { name })
  })
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]()
  try {
    while (true) {
      const step = await chunks.next().catch(() => {
        throw refuse('bundle_broken', { name })
      })
      if (step.done) break
      sum = crc32(step.value, sum)
      yield step.value
    }
  } finally {
    await chunks.return?.()
  }
  if (sum !== entry.crc32) throw refuse('bundle_broken', { name })
}
