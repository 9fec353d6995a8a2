import { glob, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'oxc-parser'

export type Import = { name: string; target: string | undefined; typeOnly: boolean }
export type Source = {
  path: string
  text: string
  lines: number
  isTest: boolean
  imports: Import[]
  anyTypes: number
  assertions: number
}

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Every source file with what it imports, by a real parser. */
export const sources = async (): Promise<Source[]> => {
  const paths: string[] = []
  for await (const path of glob('src/**/*.{ts,tsx}', { cwd: root }))
    paths.push(path.replaceAll('\\', '/'))
  return Promise.all(paths.sort().map(read))
}

const read = async (path: string): Promise<Source> => {
  const text = await readFile(join(root, path), 'utf8')
  const { program, module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const source: Source = {
    path,
    text,
    lines: text.split('\n').length,
    isTest: /\.test\.tsx?$/.test(path),
    imports: [
      ...module.staticImports.map((each) => ({
        name: each.moduleRequest.value,
        typeOnly: each.entries.length > 0 && each.entries.every(({ isType }) => isType),
      })),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap(({ moduleRequest, isType }) =>
          moduleRequest ? [{ name: moduleRequest.value, typeOnly: isType }] : [],
        ),
      ),
      ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
        name: text.slice(start, end).replace(/^['"`]|['"`]$/g, ''),
        typeOnly: false,
      })),
    ].map((each) => ({ ...each, target: targetOf(path, each.name) })),
    anyTypes: 0,
    assertions: 0,
  }
  new Visitor({
    TSAnyKeyword: () => {
      source.anyTypes += 1
    },
    TSAsExpression: ({ typeAnnotation }) => {
      const constant = text.slice(typeAnnotation.start, typeAnnotation.end) === 'const'
      if (!constant) source.assertions += 1
    },
  }).visit(program)
  return source
}

const targetOf = (path: string, name: string): string | undefined => {
  const clean = name.replace(/\?.*$/, '')
  if (clean.startsWith('#')) return `src/${clean.slice(1)}`
  if (clean.startsWith('.')) return join(dirname(path), clean).replaceAll('\\', '/')
  return undefined
}
