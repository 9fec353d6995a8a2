import { storage, uploadLimit } from '../files/storage.ts'
import { fold } from '../search/fold.ts'
import { type Bundle, openBundle } from '../tables/bundle.ts'

/** What all files of a zip may have once inflated. */
const allBytes = 2 * 1024 ** 3

export const openStoredBundle = (sha256: string): Promise<Bundle> =>
  openBundle(storage().path(sha256), { fileBytes: uploadLimit(), allBytes })

export type FileIndex = {
  /** The path of the file that a cell means, or why it means none. */
  find: (
    name: string,
  ) => { path: string } | { reason: 'attachment_missing' | 'attachment_ambiguous' }
}

/** Finds files by their path beside the table, by their whole path, or by their name where one bears it. */
export const indexOf = ({ table, files }: Pick<Bundle, 'table' | 'files'>): FileIndex => {
  const folder = table.slice(0, table.lastIndexOf('/') + 1)
  const byPath = new Map(files.map((path) => [fold(path), path]))
  const byName = Map.groupBy(files, (path) => fold(path.slice(path.lastIndexOf('/') + 1)))
  return {
    find: (text) => {
      const wanted = text.trim().replaceAll('\\', '/').replace(/^\.\//, '')
      const path = byPath.get(fold(folder + wanted)) ?? byPath.get(fold(wanted))
      if (path !== undefined) return { path }
      const [one, ...more] = byName.get(fold(wanted)) ?? []
      if (one === undefined) return { reason: 'attachment_missing' }
      return more.length > 0 ? { reason: 'attachment_ambiguous' } : { path: one }
    },
  }
}

/** Names in a cell are parted by `;` `；` `、` or a new line; a comma may be part of a name. */
export const fileNames = (text: string): string[] =>
  text
    .split(/[;；、\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** Of the files of a zip those that no row names. */
export const unusedOf = (archive: { files: readonly string[]; used: readonly string[] }) => {
  const used = new Set(archive.used)
  return archive.files.filter((path) => !used.has(path))
}
