import { posix } from 'node:path'
import type { Archive } from './archive.ts'
import { type CellFormat, formatOf } from './cellFormat.ts'
import { refuse } from './refusals.ts'
import { decodeText } from './xlsxText.ts'
import { readWholeXml } from './xml.ts'

export type Workbook = {
  /** The visible sheets, first to last, each with its part. */
  sheets: { name: string; part: string }[]
  sharedStrings: string | undefined
  /** By the style number of a cell. */
  formats: CellFormat[]
  from1904: boolean
}

type Relation = { type: string; part: string }

/** Reads the small parts of a workbook: which sheets there are, where they lie and how numbers are meant. */
export const readWorkbook = async (archive: Archive): Promise<Workbook> => {
  const root = await readRelations(archive, '')
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.part
  if (!main || !archive.has(main)) throw refuse('xlsx_broken')
  const relations = await readRelations(archive, main)
  const partOf = (type: string) => {
    const part = [...relations.values()].find((one) => one.type === type)?.part
    return part && archive.has(part) ? part : undefined
  }
  const { listed, from1904 } = await readMain(archive, main)
  const sheets = listed.flatMap(({ name, relation }) => {
    const target = relations.get(relation)
    return target?.type === 'worksheet' ? [{ name, part: target.part }] : []
  })
  return {
    sheets,
    sharedStrings: partOf('sharedStrings'),
    formats: await readFormats(archive, partOf('styles')),
    from1904,
  }
}

/** Relations by id. What lies outside of the file is not followed, and so not listed. */
const readRelations = async (archive: Archive, source: string): Promise<Map<string, Relation>> => {
  const { dir, base } = posix.parse(source)
  const part = posix.join(dir, '_rels', `${base}.rels`)
  const relations = new Map<string, Relation>()
  await readWhole(archive, part, (name, { Id, Type, Target, TargetMode }) => {
    if (name !== 'Relationship' || !Id || !Target || TargetMode === 'External') return
    // Types are addresses, in two families (transitional and strict); the last word is the same.
    const type = Type?.split('/').at(-1) ?? ''
    relations.set(Id, { type, part: posix.resolve('/', dir, Target).slice(1) })
  })
  return relations
}

const readMain = async (archive: Archive, part: string) => {
  const listed: { name: string; relation: string }[] = []
  let from1904 = false
  await readWhole(archive, part, (name, attributes) => {
    if (name === 'workbookPr') from1904 = /^(?:1|true|on)$/.test(attributes.date1904 ?? '')
    if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return
    const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
    listed.push({ name: decodeText(attributes.name ?? ''), relation })
  })
  return { listed, from1904 }
}

const readFormats = async (archive: Archive, part: string | undefined): Promise<CellFormat[]> => {
  if (!part) return []
  const codes = new Map<number, string>()
  const ids: number[] = []
  let inCells = false
  await readWhole(archive, part, (name, attributes) => {
    if (name === 'numFmt')
      codes.set(Number(attributes.numFmtId), decodeText(attributes.formatCode ?? ''))
    else if (name === 'cellXfs') inCells = true
    else if (name === 'cellStyles' || name === 'dxfs') inCells = false
    else if (name === 'xf' && inCells) ids.push(Number(attributes.numFmtId ?? 0))
  })
  return ids.map((id) => formatOf(id, codes.get(id)))
}

const readWhole = (
  archive: Archive,
  part: string,
  open: (name: string, attributes: Record<string, string | undefined>) => void,
) => readWholeXml(archive.read(part), part, { open, close: () => {}, text: () => {} })
