import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const copied = ['src', 'migrations', 'scripts', 'e2e', 'bench', 'templates', 'docs']
const files = ['package.json', 'tsconfig.json', 'vite.config.ts', 'index.html', 'CONTRIBUTING.md']

type Fence = { kind: string; path: string; text: string }

/** The files that a text tells its reader to write, `\`\`\`ts src/…`, in their order. */
export const fencesIn = (text: string): Fence[] =>
  [...text.matchAll(/^```(\w+) (\S+)\n(.*?)^```$/gms)].map(
    ([, kind = '', path = '', body = '']) => ({
      kind,
      path,
      text: body,
    }),
  )

/** A copy of the product in which what CONTRIBUTING.md says has been done. */
export const followContributing = () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'zhike-example-'))
  fs.chmodSync(folder, 0o755)
  for (const name of copied) fs.cpSync(join(root, name), join(folder, name), { recursive: true })
  for (const name of files) fs.copyFileSync(join(root, name), join(folder, name))
  fs.symlinkSync(fs.realpathSync(join(root, 'node_modules')), join(folder, 'node_modules'))
  const fences = fencesIn(fs.readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))
  for (const fence of fences) {
    const path = join(folder, fence.path)
    fs.mkdirSync(dirname(path), { recursive: true })
    if (fence.kind === 'diff')
      fs.writeFileSync(path, patched(fs.readFileSync(path, 'utf8'), fence.text))
    else fs.writeFileSync(path, fence.text, { flag: 'wx' })
  }
  // What is compiled of a copy goes with it.
  const compiled = join(folder, '.compiled')
  // A test run within a test run would otherwise be skipped in silence.
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_COMPILE_CACHE: compiled,
    PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`,
  }
  delete env.NODE_TEST_CONTEXT
  const run = (command: string, ...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(command, words, {
      cwd: folder,
      encoding: 'utf8',
      env,
    })
    return { status, output: `${stdout}${stderr}` }
  }
  return {
    folder,
    fences,
    compiled,
    run,
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  }
}

/** Lines that are only added go to the top, where the imports are; the others in the place of what goes. */
const patched = (before: string, diff: string) => {
  const lines = diff.split('\n')
  const gone = lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1))
  const come = lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1))
  const imports = come.filter((line) => line.startsWith('import '))
  const rest = come.filter((line) => !line.startsWith('import '))
  const [old = ''] = gone
  if (gone.length !== 1 || rest.length !== 1 || before.split(old).length !== 2)
    throw new Error(`The place to change is not there once: ${old}`)
  return `${imports.join('\n')}\n${before.replace(old, () => rest.join('\n'))}`
}
