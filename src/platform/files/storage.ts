import { createHash, randomUUID } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { AppError, missing } from '../errors/error.ts'

/** Contents by their SHA-256: the same content is kept once. Another store fills the same few verbs. */
type Storage = {
  /** Takes a whole stream; above `limitBytes`, and when it is empty, it refuses and keeps nothing. */
  put: (
    stream: AsyncIterable<Uint8Array>,
    limitBytes: number,
  ) => Promise<{ sha256: string; size: number }>
  /** Refuses with `file_content_missing` when the content is gone although a record names it. */
  read: (sha256: string) => Promise<Readable>
  /** Where the content lies on this machine, for readers that need to seek. */
  path: (sha256: string) => string
  /** Removes contents that `known` does not name and leftovers of broken uploads; gives their number. */
  sweep: (known: (hashes: string[]) => Promise<ReadonlySet<string>>) => Promise<number>
}

/** A content may wait this long for the record that names it: an upload and its transaction. */
const grace = 24 * 3_600_000

/** The store in a folder of this machine. The folder is made when it is missing. */
export const openStorage = async (folder: string): Promise<Storage> => {
  await fs.mkdir(folder, { recursive: true })
  const path = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw missing()
    return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }
  return {
    put: (stream, limitBytes) => put(folder, path, stream, limitBytes),
    read: async (sha256) => (await openContent(path(sha256))).createReadStream(),
    path,
    sweep: (known) => sweep(folder, known),
  }
}

const held: { storage?: Storage; uploadLimit: number } = { uploadLimit: 0 }

/** Filled by the composition; `uploadLimit` in bytes holds for every upload. */
export const setStorage = (opened: Storage, uploadLimit: number) => {
  held.storage = opened
  held.uploadLimit = uploadLimit
}

export const storage = (): Storage => {
  if (!held.storage) throw new Error('No storage is set')
  return held.storage
}

export const uploadLimit = () => held.uploadLimit

type PathOf = Storage['path']

const openContent = (path: string) =>
  fs.open(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new AppError('unavailable', 'file_content_missing') : error
  })

const put = async (
  folder: string,
  path: PathOf,
  stream: AsyncIterable<Uint8Array>,
  limitBytes: number,
) => {
  const arriving = join(folder, `${arrivingPrefix}${randomUUID()}`)
  try {
    const { sha256, size } = await write(arriving, stream, limitBytes)
    if (size === 0) throw new AppError('bad_input', 'file_empty')
    const target = path(sha256)
    await fs.mkdir(dirname(target), { recursive: true })
    await fs.rename(arriving, target)
    // After a power cut the name must be there as surely as the bytes are.
    await sync(dirname(target))
    return { sha256, size }
  } catch (error) {
    await fs.rm(arriving, { force: true })
    throw error
  }
}

const arrivingPrefix = '.arriving-'

const write = async (path: string, stream: AsyncIterable<Uint8Array>, limitBytes: number) => {
  const hash = createHash('sha256')
  const file = await fs.open(path, 'wx', 0o600)
  let size = 0
  try {
    for await (const chunk of stream) {
      size += chunk.length
      if (size > limitBytes) throw tooLarge(limitBytes)
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), size }
}

const tooLarge = (limitBytes: number) =>
  new AppError('too_large', 'file_too_large', { facts: { limit_bytes: limitBytes } })

const sync = async (folder: string) => {
  const handle = await fs.open(folder, 'r')
  await handle.sync().catch(() => undefined)
  await handle.close()
}

const sweep = async (
  folder: string,
  known: (hashes: string[]) => Promise<ReadonlySet<string>>,
): Promise<number> => {
  const old = Date.now() - grace
  const leftovers = (await fs.readdir(folder)).filter((name) => name.startsWith(arrivingPrefix))
  let removed = await removeOld(
    leftovers.map((name) => join(folder, name)),
    old,
  )
  for (const outer of await folders(folder))
    for (const inner of await folders(join(folder, outer))) {
      const place = join(folder, outer, inner)
      const names = (await fs.readdir(place)).filter((name) => /^[0-9a-f]{64}$/.test(name))
      const kept = names.length > 0 ? await known(names) : new Set<string>()
      const unknown = names.filter((name) => !kept.has(name))
      removed += await removeOld(
        unknown.map((name) => join(place, name)),
        old,
      )
    }
  return removed
}

const folders = async (path: string) => {
  const entries = await fs.readdir(path, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && /^[0-9a-f]{2}$/.test(entry.name))
    .map((entry) => entry.name)
}

const removeOld = async (paths: string[], old: number) => {
  let removed = 0
  for (const path of paths) {
    if ((await fs.stat(path)).mtimeMs > old) continue
    await fs.rm(path, { force: true })
    removed += 1
  }
  return removed
}
