/**
 * Says once that the database is away, however many connections break, and once that it is back:
 * `ask` is tried every `pause` milliseconds until it answers. After `stop` nothing is said any more.
 */
export const watchOutage = (
  log: (line: string) => void,
  ask: () => Promise<unknown>,
  pause = 1000,
) => {
  let away = false
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const answered = () => {
    away = false
    if (!stopped) log('数据库已恢复连接')
  }
  const later = () => {
    if (stopped) return
    timer = setTimeout(() => ask().then(answered, later), pause)
  }
  return {
    onError: (error: Error) => {
      if (away || stopped) return
      away = true
      log(`数据库连接中断：${error.message}`)
      later()
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
