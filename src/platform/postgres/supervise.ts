import type { ChildProcess } from 'node:child_process'
import { remakeSocketFolder, removeSocketFolder } from './place.ts'
import { clearOrphans, type Launch, launch, shutDown } from './postmaster.ts'

// Five falls within ten minutes are no accident: going on would only hide the cause.
const falls = 5
const period = 10 * 60_000

/**
 * Runs PostgreSQL and starts it again at the same address when it ends by itself (its own recovery
 * keeps everything committed). When that fails, `onLost` is told why.
 */
export async function supervise(plan: Launch, onLost: (error: unknown) => void) {
  const { place, mark, socketFolder, log } = plan
  const fallen: number[] = []
  let stopped = false
  let revival = Promise.resolve()
  const watch = (child: ChildProcess) => {
    child.once('exit', () => {
      if (!stopped) revival = revive().catch(onLost)
    })
    return child
  }
  const revive = async () => {
    log('数据库意外停止，正在重新启动…… / The database stopped unexpectedly; starting it again …')
    fallen.push(Date.now())
    if (fallen.filter((at) => at > Date.now() - period).length > falls) {
      throw new Error('PostgreSQL keeps ending by itself; see postgres.log in the data folder')
    }
    await clearOrphans(place, mark, log)
    if (socketFolder) remakeSocketFolder(socketFolder, place.account)
    if (!stopped) child = watch(await launch(plan))
  }
  const first = await launch(plan).catch((error) => {
    removeSocketFolder(socketFolder)
    throw error
  })
  let child = watch(first)
  return {
    stop: async () => {
      stopped = true
      await revival
      await shutDown(plan, child)
      removeSocketFolder(socketFolder)
    },
  }
}
