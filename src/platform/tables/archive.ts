import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { AppError } from '#platform/errors/error.ts'
import { refuse } from './refusals.ts'

/** A workbook has a few dozen parts, hundreds with pictures. */
const maxParts = 10_000

/**
 * Real sheets shrink 10 to 60 times, endless blank rows up to 200; deflate itself ends at about 1,030.
 * What stays small once inflated may have any ratio.
 */
const maxRatio = 300
const harmlessBytes = 16 * 1024 * 1024

export type Archive = {
  /** Part names, lower case, as they count as equal in any case (ECMA-376 Part 2). */
  names: string[]
  has(name: string): boolean
  /** The inflated bytes of a part; checks size, ratio and checksum. */
  read(name: string): AsyncIterable<Buffer>
  close(): void
}

/** Opens a zip by its directory; nothing is inflated before it is asked for. */
export const openArchive = async (path: string, inflatedBytes: number): Promise<Archive> => {
  const zip = await openPromise(path, { autoClose: false }).catch(() => {
    throw refuse('xlsx_broken')
  })
  try {
    return await listed(zip, inflatedBytes)
  } catch (error) {
    zip.close()
    throw error instanceof AppError ? error : refuse('xlsx_broken')
  }
}

const listed = async (zip: ZipFile, limit: number): Promise<Archive> => {
  const parts = new Map<string, Entry>()
  if (zip.entryCount > maxParts) throw refuse('xlsx_broken')
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase()
    if (parts.has(name)) throw refuse('xlsx_broken', { part: name })
    parts.set(name, entry)
  }
  const opened = new Set<Entry>()
  const charge = (entry: Entry) => {
    if (entry.isEncrypted()) throw refuse('file_is_protected')
    opened.add(entry)
    const total = [...opened].reduce((sum, one) => sum + one.uncompressedSize, 0)
    const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1)
    if (total > limit || (entry.uncompressedSize > harmlessBytes && ratio > maxRatio))
      throw refuse('xlsx_too_large', { limit })
  }
  return {
    names: [...parts.keys()],
    has: (name) => parts.has(name.toLowerCase()),
    read: (name) => {
      const entry = parts.get(name.toLowerCase())
      if (!entry) throw refuse('xlsx_broken', { part: name })
      charge(entry)
      return inflate(zip, entry)
    },
    close: () => zip.close(),
  }
}

/** yauzl holds the stream to the sizes that the directory states, on which the limits were checked. */
async function* inflate(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const broken = () => refuse('xlsx_broken', { part: entry.fileName })
  let sum = 0
  let chunks: AsyncIterator<Buffer>
  try {
    chunks = (await zip.openReadStreamPromise(entry))[Symbol.asyncIterator]()
  } catch {
    throw broken()
  }
  try {
    while (true) {
      const step = await chunks.next().catch(() => {
        throw broken()
      })
      if (step.done) break
      sum = crc32(step.value, sum)
      yield step.value
    }
  } finally {
    await chunks.return?.()
  }
  if (sum !== entry.crc32) throw broken()
}
