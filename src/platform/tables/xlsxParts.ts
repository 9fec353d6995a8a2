import { encodeText } from './xlsxText.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const mainSpace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationSpace = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageSpace = 'http://schemas.openxmlformats.org/package/2006'
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Style numbers of cells, as `styles` lists them; a plain number has none. */
export const cellStyles = { title: 1, text: 2, date: 3, dateTime: 4 } as const

type SheetName = { name: string; hidden?: boolean }

/** The parts of a workbook that do not depend on its rows, by name. */
export const fixedParts = (sheets: readonly SheetName[]): [name: string, xml: string][] => [
  [
    '[Content_Types].xml',
    `${declaration}<Types xmlns="${packageSpace}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/>${sheets.map((_, at) => `<Override PartName="/${sheetPart(at)}" ContentType="${contentType}.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="${contentType}.styles+xml"/></Types>`,
  ],
  ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
  [
    'xl/workbook.xml',
    `${declaration}<workbook xmlns="${mainSpace}" xmlns:r="${relationSpace}"><sheets>${sheets.map(({ name, hidden }, at) => `<sheet name="${encodeText(name)}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    relations([
      ...sheets.map((_, at): [string, string] => ['worksheet', `worksheets/sheet${at + 1}.xml`]),
      ['styles', 'styles.xml'],
    ]),
  ],
  ['xl/styles.xml', styles()],
]

/** Where a sheet lies in the workbook. */
export const sheetPart = (at: number) => `xl/worksheets/sheet${at + 1}.xml`

/** A sheet up to its first row: the header stays in sight, text columns are text below the last row too. */
export const sheetHead = (kinds: string[], widths: number[], frozen = 1): string => {
  const columns = widths.map((width, i) => {
    const style = kinds[i] === 'text' ? ` style="${cellStyles.text}"` : ''
    return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"${style}/>`
  })
  const cols = columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''
  return `${declaration}<worksheet xmlns="${mainSpace}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${cols}<sheetData>`
}

/** `behind`: what a sheet has besides its rows, such as its drop-downs. */
export const sheetTail = (behind = '') => `</sheetData>${behind}</worksheet>`

const relations = (targets: [type: string, target: string][]): string => {
  const items = targets.map(
    ([type, target], i) =>
      `<Relationship Id="rId${i + 1}" Type="${relationSpace}/${type}" Target="${target}"/>`,
  )
  return `${declaration}<Relationships xmlns="${packageSpace}/relationships">${items.join('')}</Relationships>`
}

/** 49 is the built-in text format `@`; 164 is the first number that a file may define. */
const styles = (): string => {
  const xf = (numFmtId: number, fontId = 0) =>
    `<xf numFmtId="${numFmtId}" fontId="${fontId}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${fontId ? ' applyFont="1"' : ''}/>`
  return `${declaration}<styleSheet xmlns="${mainSpace}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">${xf(0)}${xf(49, 1)}${xf(49)}${xf(164)}${xf(165)}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}
