import type { ImportAnswer } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { importWords } from './messages.ts'
import { NativeSelect } from './NativeSelect.tsx'
import { type Target, useTargets } from './targets.ts'

type Mapping = readonly (string | null)[]
type Props = {
  item: ImportAnswer
  importable: Importable
  onChange: (mapping: (string | null)[]) => void
}

/** The first rows as they stand in the file, and over each column what it becomes. */
export const MappingTable = ({ item, importable, onChange }: Props) => {
  const w = useMessages(importWords)
  const targets = useTargets(importable, item.archive !== null)
  const { header, preview, mapping } = item
  const set = (column: number, path: string) =>
    onChange(mapping.map((each, at) => (at === column ? path || null : each)))
  return (
    <section className="mapping" aria-label={w.columns}>
      <table>
        <thead>
          <tr>
            {header.map((heading, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
              <th key={column} scope="col" data-out={mapping[column] === null || undefined}>
                <span className="mapping-heading">{heading || w.unnamed}</span>
                <ColumnTarget
                  heading={heading}
                  column={column}
                  mapping={mapping}
                  importable={importable}
                  targets={targets}
                  onPick={(path) => set(column, path)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the file
            <tr key={row}>
              {header.map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={column} data-out={mapping[column] === null || undefined}>
                  {cells[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type ColumnProps = {
  heading: string
  column: number
  mapping: Mapping
  importable: Importable
  targets: readonly Target[]
  onPick: (path: string) => void
}

const ColumnTarget = ({ heading, column, mapping, importable, targets, onPick }: ColumnProps) => {
  const w = useMessages(importWords)
  const label = useLabel()
  const { entity, beside } = importable
  const own = mapping[column] ?? ''
  const gone = own !== '' && !targets.some(({ path }) => path === own)
  const taken = (target: Target) =>
    !target.many && mapping.some((path, at) => at !== column && path === target.path)
  const optionsOf = (kind: typeof entity) =>
    targets
      .filter((target) => target.entity === kind)
      .map((target) => ({
        value: target.path,
        label:
          kind === entity
            ? label(target.field.label)
            : `${label(kind.label)} · ${label(target.field.label)}`,
        disabled: taken(target),
      }))
  return (
    <NativeSelect
      label={w.columnTo(heading || w.unnamed)}
      unseen
      quiet={own === ''}
      value={own}
      onChange={onPick}
      options={[
        { value: '', label: w.leaveOut },
        ...(gone ? [{ value: own, label: w.fieldGone, disabled: true }] : []),
      ]}
      groups={[
        { label: label(entity.label), options: optionsOf(entity) },
        ...(beside ? [{ label: label(beside.label), options: optionsOf(beside) }] : []),
      ]}
    />
  )
}
