import { readFile, writeFile } from 'node:fs/promises'

const page = new URL('../docs/bench.md', import.meta.url)

/** Puts a part of docs/bench.md in the place of the one that was written under this name before. */
export const report = async (name: string, text: string) => {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`]
  const part = `${begin}\n${text.trim()}\n${end}`
  const before = await readFile(page, 'utf8')
  const from = before.indexOf(begin)
  const to = before.indexOf(end)
  const kept =
    from < 0 || to < from
      ? `${before.trim()}\n\n${part}\n`
      : `${before.slice(0, from)}${part}${before.slice(to + end.length)}`
  await writeFile(page, kept)
}
