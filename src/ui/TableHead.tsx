import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Field } from '#platform/fields/field.ts'
import { useLabel, useMessages } from './locale.tsx'
import { type Grid, isFigure, nextSort, type Row, stuck, widthOf } from './recordColumns.ts'
import { WidthHandle } from './WidthHandle.tsx'
import { words } from './words.ts'

export type Known = readonly { name: string; field: Field }[]

export const TableHead = <R extends Row>(props: Grid<R> & { known: Known }) => {
  const { lead, fields, known } = props
  const leadField = fields[lead.field]
  return (
    <thead>
      <tr>
        {leadField && <Heading {...props} name={lead.field} field={leadField} first />}
        {known.map(({ name, field }) => (
          <Heading key={name} {...props} name={name} field={field} />
        ))}
      </tr>
    </thead>
  )
}

const SelectAll = <R extends Row>({ source, selected, onSelect }: Grid<R>) => {
  const w = useMessages(words)
  const all = source.rows.length > 0 && source.rows.every((row) => selected?.has(row.id))
  return (
    <label className="pick">
      <input
        type="checkbox"
        aria-label={w.selectAll}
        checked={all}
        ref={(box) => {
          if (box) box.indeterminate = !all && (selected?.size ?? 0) > 0
        }}
        onChange={() => onSelect?.(new Set(all ? [] : source.rows.map((row) => row.id)))}
      />
    </label>
  )
}

const Heading = <R extends Row>(
  props: Grid<R> & { name: string; field: Field; first?: boolean },
) => {
  const { name, field, sort, onSort } = props
  const w = useMessages(words)
  const label = useLabel()(field.label)
  const up = sort === name
  const down = sort === `-${name}`
  const classes = [props.first && 'lead', isFigure(field) && 'end'].filter(Boolean).join(' ')
  const pick = props.first && props.selected && <SelectAll {...props} />
  const handle = !props.first && props.onWidth && (
    <WidthHandle
      label={label}
      width={props.layout?.get(name)?.width ?? widthOf(field)}
      onWidth={(width) => props.onWidth?.(name, width)}
    />
  )
  if (!field.sort || !onSort)
    return (
      <th className={classes} scope="col" {...stuck(props.offsets, name)}>
        {pick}
        {label}
        {handle}
      </th>
    )
  return (
    <th
      className={classes}
      scope="col"
      aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}
      {...stuck(props.offsets, name)}
    >
      {pick}
      <button
        type="button"
        className="sort"
        title={w.sortBy(label)}
        onClick={() => onSort(nextSort(sort, name, field))}
      >
        {label}
        {down ? <ArrowDown /> : <ArrowUp data-idle={!up || undefined} />}
      </button>
      {handle}
    </th>
  )
}
