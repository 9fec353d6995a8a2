import { createHash } from 'node:crypto'

/** The id of what an import keeps under a key: one per import and key, without an index of its own. */
export const digestId = (importId: string, key: string) => {
  const hex = createHash('sha256').update(`${importId}\n${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
