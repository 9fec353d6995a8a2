export const say = (line: string) => process.stdout.write(`${line}\n`)

type State = { stop: () => Promise<void>; stopping: boolean }
const state: State = { stop: async () => undefined, stopping: false }

/** Ctrl-C and SIGTERM let running requests and jobs finish; a second one ends at once. */
export const orderly = (stop: () => Promise<void>) => {
  state.stop = stop
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (state.stopping) process.exit(1)
      say('正在停止：等待进行中的请求与任务完成…')
      void finish(0)
    })
}

/** Says in plain words why it cannot go on, closes what is open and ends with 1. */
export const sayAndStop = (error: unknown) => {
  process.stderr.write(`${wordsOf(error)}\n`)
  void finish(1)
}

const finish = async (code: number) => {
  if (state.stopping) return
  state.stopping = true
  await state.stop().catch((error) => process.stderr.write(`${wordsOf(error)}\n`))
  if (code === 0) say('知客已停止')
  process.exit(code)
}

const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { code, port } = error as Error & { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `端口 ${port} 已被占用。请关闭占用它的程序，或换一个端口启动：PORT=${(port ?? 3210) + 1} npm start\nPort ${port} is taken; free it or start with another PORT.`
  if (code === 'EACCES' && port)
    return `没有权限使用端口 ${port}，请换用 1024 以上的端口（PORT）。\nNot permitted to use port ${port}; choose one above 1024.`
  if (code === 'EADDRNOTAVAIL')
    return `HOST 不是这台机器的地址。\nHOST is no address of this machine.`
  if (code === 'ENOSPC') return '磁盘空间已满，请腾出空间后再启动。\nThe disk is full.'
  return error.name === 'Error' ||
    (error.name.endsWith('Error') && !error.stack?.includes('TypeError'))
    ? error.message
    : (error.stack ?? error.message)
}
