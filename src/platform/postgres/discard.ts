import * as fs from 'node:fs'
import { join } from 'node:path'
import { clusterMark, keptPassword } from './cluster.ts'
import { takeLock } from './lock.ts'
import { existingPlace } from './place.ts'
import { clearOrphans } from './postmaster.ts'

/**
 * Removes a data folder with its database for good, ending a PostgreSQL that was left running on it.
 * Answers false, and removes nothing, while a living process uses it.
 */
export async function discardDatabase(dataDir: string): Promise<boolean> {
  const own = join(dataDir, 'postgres')
  if (fs.existsSync(own)) {
    const lock = takeLock(own)
    if (!lock) return false
    const place = existingPlace(own)
    if (place) {
      await clearOrphans(place, clusterMark(place, keptPassword(place)), () => {})
      if (place.folder !== own) fs.rmSync(place.folder, { recursive: true, force: true })
    }
    lock.release()
  }
  fs.rmSync(dataDir, { recursive: true, force: true })
  return true
}
