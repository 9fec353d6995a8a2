import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

// `npm test` runs everything; `npm test -- src/customers` or a glob what it names.
const root = join(import.meta.dirname, '..')
const everything = ['src', 'scripts', 'bench', 'e2e']
const { patterns, flags } = readArguments(process.argv.slice(2))
const files = [...new Set(patterns.flatMap(filesOf))].sort()
if (files.length === 0) {
  console.error(`没有找到测试文件：${patterns.join(' ')} / No test files: ${patterns.join(' ')}`)
  process.exit(1)
}
// The same thousand modules are loaded by every file and every server: read and stripped of types once.
const compiled = join(root, 'node_modules', '.cache', 'tests')
const runner = spawn(
  process.execPath,
  [
    '--test',
    '--test-reporter=spec',
    // Two files at a time: the machines that run this have two cores, and a browser each is heavy.
    '--test-concurrency=2',
    `--test-global-setup=${join(root, 'src', 'platform', 'testing', 'globalSetup.ts')}`,
    ...flags,
    ...files,
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_COMPILE_CACHE: compiled } },
)
// Ctrl-C reaches the runner as well; this process waits for it to clean up.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.kill(signal))
runner.on('exit', (code) => {
  process.exitCode = code ?? 1
})

/** What begins with a dash is for the runner (`--test-name-pattern=…`). */
function readArguments(given: string[]) {
  const flags = given.filter((argument) => argument.startsWith('-'))
  const named = given.filter((argument) => !argument.startsWith('-'))
  return { flags, patterns: named.length > 0 ? named : everything }
}

function filesOf(pattern: string) {
  const found = globSync([pattern, `${pattern}/**/*.test.ts`], { cwd: root })
  return found.filter((path) => path.endsWith('.test.ts'))
}
