import type { ImportAnswer } from '#platform/imports/contract.ts'
import { encodings } from '#platform/tables/encoding.ts'
import { useMessages } from '#ui/locale.tsx'
import { importWords } from './messages.ts'
import { NativeSelect } from './NativeSelect.tsx'
import type { Settings } from './useImport.ts'

type Props = { item: ImportAnswer; onChange: (settings: Settings) => void; busy: boolean }

const encodingNames: Record<string, string> = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8 BOM',
  gb18030: 'GB18030 / GBK',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
}

/** How the file was read, as far as that can be otherwise; a change reads it anew. */
export const Reading = ({ item, onChange, busy }: Props) => {
  const w = useMessages(importWords)
  const { encoding, separator, sheet, sheets } = item
  const separators = [
    { value: ',', label: w.comma },
    { value: ';', label: w.semicolon },
    { value: '\t', label: w.tab },
    { value: '|', label: w.bar },
  ]
  return (
    <div className="reading" aria-busy={busy}>
      {encoding !== null && (
        <NativeSelect
          label={w.encoding}
          value={encoding}
          onChange={(value) => onChange({ encoding: value })}
          options={encodings.map((value) => ({ value, label: encodingNames[value] ?? value }))}
        />
      )}
      {separator !== null && (
        <NativeSelect
          label={w.separator}
          value={separator}
          onChange={(value) => onChange({ separator: value })}
          options={separators}
        />
      )}
      {sheet !== null && sheets.length > 1 && (
        <NativeSelect
          label={w.sheet}
          value={sheet}
          onChange={(value) => onChange({ sheet: value })}
          options={sheets.map((value) => ({ value, label: value }))}
        />
      )}
      <NativeSelect
        label={w.headerRow}
        value={String(item.header_row)}
        onChange={(value) => onChange({ header_row: Number(value) })}
        options={rowsFor(item.header_row).map((row) => ({
          value: String(row),
          label: w.rowNumber(row),
        }))}
      />
      <span className="quiet">{w.preview(item.preview.length)}</span>
    </div>
  )
}

/** Headings stand near the top; the one found is always offered. */
const rowsFor = (found: number) => [
  ...new Set([...Array.from({ length: 10 }, (_, at) => at + 1), found]),
]
