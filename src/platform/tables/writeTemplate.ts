import { PassThrough, pipeline, type Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { type ColumnKind, columnName, entry, rowXml, sheetName, widths } from './writeXlsx.ts'
import { fixedParts, sheetHead, sheetPart, sheetTail } from './xlsxParts.ts'
import { encodeText } from './xlsxText.ts'

export type TemplateColumn = {
  title: string
  kind: ColumnKind
  /** What the cells may hold; `open`: other texts may stand there too. */
  choices?: readonly string[]
  open?: boolean
  /** Shown beside a cell of the column as soon as somebody stands in it. */
  prompt: string
}

/** Rows that have the drop-downs; longer tables are pasted, which takes none along anyway. */
const rowsReady = 5000
/** What Excel shows of a prompt. */
const longestPrompt = 255

/**
 * An empty workbook to be filled in: titles, drop-downs and a prompt for each column, a second sheet
 * with notes, and a hidden one with the lists, as Excel takes only 255 characters of a list in place.
 */
export const writeTemplate = (
  sheet: string,
  columns: readonly TemplateColumn[],
  notes: { sheet: string; rows: readonly string[][] },
): Readable => {
  const zip = new ZipFile()
  const sheets = [
    { name: sheetName(sheet) },
    { name: sheetName(notes.sheet) },
    { name: listSheet, hidden: true },
  ]
  for (const [name, xml] of fixedParts(sheets)) zip.addBuffer(Buffer.from(xml), name, entry)
  const lists = columns.filter(({ choices }) => choices && choices.length > 0)
  for (const [at, xml] of [
    mainXml(columns, lists),
    notesXml(notes.rows),
    listsXml(lists),
  ].entries())
    zip.addBuffer(Buffer.from(xml), sheetPart(at), entry)
  zip.end()
  const output = new PassThrough()
  pipeline(zip.outputStream, output, () => {})
  return output
}

const listSheet = 'Lists'

const mainXml = (columns: readonly TemplateColumn[], lists: readonly TemplateColumn[]) => {
  const titles = columns.map(({ title }) => title)
  const head = sheetHead(
    columns.map(({ kind }) => kind),
    widths(
      columns.map(({ title }) => ({ title })),
      [],
    ),
  )
  const rules = columns.map((column, at) => ruleXml(column, at, lists.indexOf(column)))
  const behind = `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`
  return head + rowXml(1, titles, () => 'title') + sheetTail(behind)
}

const ruleXml = ({ prompt, choices, open, title }: TemplateColumn, at: number, list: number) => {
  const name = columnName(at)
  const place = `sqref="${name}2:${name}${rowsReady + 1}"`
  const said = `showInputMessage="1" promptTitle="${encodeText(title.slice(0, 32))}" prompt="${encodeText(prompt.slice(0, longestPrompt))}"`
  if (list < 0 || !choices) return `<dataValidation allowBlank="1" ${said} ${place}/>`
  const letter = columnName(list)
  const strict = open ? '' : ' showErrorMessage="1" errorStyle="warning"'
  return `<dataValidation type="list" allowBlank="1"${strict} ${said} ${place}><formula1>${listSheet}!$${letter}$1:$${letter}$${choices.length}</formula1></dataValidation>`
}

const notesXml = (rows: readonly string[][]) => {
  const [header = [], ...more] = rows
  const columns = header.map((title) => ({ title }))
  const head = sheetHead(
    header.map(() => 'text'),
    widths(columns, [...more]),
  )
  const body = rows.map((cells, at) =>
    rowXml(at + 1, [...cells], () => (at === 0 ? 'title' : 'text')),
  )
  return head + body.join('') + sheetTail()
}

const listsXml = (lists: readonly TemplateColumn[]) => {
  const longest = Math.max(0, ...lists.map(({ choices = [] }) => choices.length))
  const rows = Array.from({ length: longest }, (_, at) =>
    rowXml(
      at + 1,
      lists.map(({ choices = [] }) => choices[at] ?? ''),
      () => 'text',
    ),
  )
  return (
    sheetHead(
      lists.map(() => 'text'),
      lists.map(() => 16),
    ) +
    rows.join('') +
    sheetTail()
  )
}
