import { SchemaError } from '#platform/database/migrate.ts'
import { AppError } from '#platform/errors/error.ts'
import { isStartError, systemCode } from '#platform/settings/startError.ts'

export const say = (line: string) => process.stdout.write(`${line}\n`)

type State = { stop: () => Promise<void>; stopping: boolean; since: number }
const state: State = { stop: async () => undefined, stopping: false, since: 0 }

/**
 * Ctrl-C, SIGTERM and a closed terminal let running requests and jobs finish; a second one ends at once.
 * Within a second it is the same one: npm passes on the Ctrl-C that the terminal has sent already.
 */
export const orderly = (stop: () => Promise<void>) => {
  state.stop = stop
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (state.stopping && Date.now() - state.since > 1000) process.exit(1)
      if (state.stopping) return
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
  state.since = Date.now()
  await state.stop().catch((error) => process.stderr.write(`${wordsOf(error)}\n`))
  if (code === 0) say('知客已停止')
  process.exit(code)
}

const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AppError) return refusalWords(error)
  if (isStartError(error) || error instanceof SchemaError) return error.message
  const port = 'port' in error ? Number(error.port) : 0
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return `✗ 端口 ${port} 已被占用。请关闭占用它的程序，或换一个端口启动：PORT=${port + 1} npm start\n  Port ${port} is taken; free it or start with another PORT.`
    case 'EACCES':
      return `✗ 没有权限使用端口 ${port}，请换用 1024 以上的端口（PORT）。\n  Not permitted to use port ${port}; choose one above 1024.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return '✗ HOST 不是这台机器的地址。\n  HOST is no address of this machine.'
    case 'ENOSPC':
      return '✗ 磁盘空间已满，请腾出空间后再启动。\n  The disk is full; free some space and start again.'
    default:
      return error.stack ?? error.message
  }
}

const refusalWords = ({ reason, detail }: AppError): string =>
  [`✗ ${reason}`, ...(detail.errors ?? []).map((each) => `  ${each.path}：${each.reason}`)].join(
    '\n',
  )
