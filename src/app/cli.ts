import { parseArgs } from 'node:util'
import { startError } from '#platform/settings/startError.ts'
import { commands } from './cliCommands.ts'
import { say, sayAndStop } from './console.ts'

export type Command = {
  words: string
  does: string
  usage: string
  /** Options by name: what the help says, and whether it is a switch. */
  options: Record<string, { does: string; required?: true; flag?: true }>
  arguments?: number
  run: (given: Given) => Promise<void>
}
export type Given = {
  options: Record<string, string | boolean | undefined>
  positionals: string[]
}

/** `npm run zhike -- <command>`: work on the installation from a terminal, running or not. */
const main = async () => {
  const words = process.argv.slice(2)
  const command = commands.find((each) => {
    const parts = each.words.split(' ')
    return parts.every((part, index) => words[index] === part)
  })
  if (!command) {
    const asksHelp = words.length === 0 || words.includes('--help') || words.includes('-h')
    if (!asksHelp)
      throw refusal(`没有命令“${words.join(' ')}”。`, `There is no command "${words.join(' ')}".`)
    say(overview())
    return
  }
  const rest = words.slice(command.words.split(' ').length)
  if (rest.includes('--help') || rest.includes('-h')) {
    say(helpOf(command))
    return
  }
  await command.run(read(command, rest))
}

const read = (command: Command, rest: string[]): Given => {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { flag }]) => [
      name,
      { type: flag ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true })
    const missing = Object.entries(command.options).filter(
      ([name, { required }]) => required && values[name] === undefined,
    )
    if (missing.length > 0 || positionals.length !== (command.arguments ?? 0))
      throw new Error(missing.map(([name]) => `--${name}`).join(' ') || command.usage)
    return { options: values, positionals }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw refusal(`用法不对：${what}\n\n${helpOf(command)}`, '')
  }
}

const refusal = (zh: string, en: string) => startError(zh, en)

const overview = () =>
  [
    '用法：npm run zhike -- <命令> [选项]',
    '',
    ...commands.map((each) => `  ${each.words.padEnd(14)}${each.does}`),
    '',
    '每个命令的选项：npm run zhike -- <命令> --help',
  ].join('\n')

const helpOf = (command: Command) =>
  [
    command.does,
    '',
    `用法：npm run zhike -- ${command.words} ${command.usage}`,
    ...Object.entries(command.options).map(
      ([name, { does, required }]) => `  --${name.padEnd(14)}${does}${required ? '（必填）' : ''}`,
    ),
  ].join('\n')

main().then(() => process.exit(process.exitCode ?? 0), sayAndStop)
