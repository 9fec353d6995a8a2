import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemCode } from '#platform/settings/startError.ts'

type Process = { pid: number; command: string }

/**
 * The living PostgreSQL processes whose command line holds `mark`: a postmaster has its arguments there,
 * its children the cluster's name (`postgres: <cluster_name>: …`).
 */
export function postgresProcesses(mark: string): number[] {
  const found = process.platform === 'linux' ? linuxProcesses() : listedProcesses()
  const ours = found.filter(
    ({ command }) => /(^|[/\\])postgres(\.exe)?[\s:"]/.test(command) && command.includes(mark),
  )
  return ours.map(({ pid }) => pid)
}

/** From /proc: a bare Debian has no `ps`. A zombie has an empty command line there. */
function linuxProcesses(): Process[] {
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map((pid) => ({ pid: Number(pid), command: readCommand(pid) }))
}

function readCommand(pid: string) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    // It ended in the meantime, or the system hides other users' processes.
    return ''
  }
}

function listedProcesses(): Process[] {
  const windows = process.platform === 'win32'
  const { stdout } = windows
    ? spawnSync(
        'powershell',
        [
          '-NoProfile',
          '-Command',
          'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.CommandLine)" }',
        ],
        { encoding: 'utf8' },
      )
    : spawnSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' })
  return (stdout ?? '').split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? []
    return pid && command ? [{ pid: Number(pid), command }] : []
  })
}

/** Sends a signal; a process that is already gone is fine. */
export function send(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error
  }
}

/** Waits until no PostgreSQL process with `mark` is left; false when `milliseconds` were not enough. */
export async function waitForEnd(mark: string, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds
  while (postgresProcesses(mark).length > 0) {
    if (Date.now() > until) return false
    await sleep(20)
  }
  return true
}
