import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo } from 'react'
import type { Field } from '#platform/fields/field.ts'
import { useLabel, useMessages } from './locale.tsx'
import {
  isFigure,
  nextSort,
  type Row,
  type RowLook,
  stuck,
  type TableProps,
  widthOf,
} from './recordColumns.ts'
import { WidthHandle } from './WidthHandle.tsx'
import { words } from './words.ts'

type Props = Pick<TableProps<Row>, 'fields'> & {
  [Name in 'sort' | 'onSort' | 'layout' | 'onWidth']: TableProps<Row>[Name] | undefined
} & {
  look: RowLook
  /** How many of the rows that are held are picked; undefined where nothing can be. */
  picked: 'all' | 'some' | 'none' | undefined
}

const Head = (props: Props) => {
  const { look, fields } = props
  const lead = fields[look.lead]
  return (
    <thead>
      <tr>
        {lead && <Heading {...props} name={look.lead} field={lead} first />}
        {look.known.map(({ name, field }) => (
          <Heading key={name} {...props} name={name} field={field} />
        ))}
      </tr>
    </thead>
  )
}

/** The headings of a table, which scrolling leaves alone. */
export const TableHead = memo(Head)

const SelectAll = ({ picked, look }: Props) => {
  const w = useMessages(words)
  const all = picked === 'all'
  return (
    <label className="pick">
      <input
        type="checkbox"
        aria-label={w.selectAll}
        checked={all}
        ref={(box) => {
          if (box) box.indeterminate = picked === 'some'
        }}
        onChange={() => look.acts.pickAll(!all)}
      />
    </label>
  )
}

const Heading = (props: Props & { name: string; field: Field; first?: boolean }) => {
  const { name, field, sort, onSort } = props
  const { offsets } = props.look
  const w = useMessages(words)
  const label = useLabel()(field.label)
  const up = sort === name
  const down = sort === `-${name}`
  const classes = [props.first && 'lead', isFigure(field) && 'end'].filter(Boolean).join(' ')
  const pick = props.first && props.picked && <SelectAll {...props} />
  const handle = !props.first && props.onWidth && (
    <WidthHandle
      label={label}
      width={props.layout?.get(name)?.width ?? widthOf(field)}
      onWidth={(width) => props.onWidth?.(name, width)}
    />
  )
  if (!field.sort || !onSort)
    return (
      <th className={classes} scope="col" title={label} {...stuck(offsets, name)}>
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
      {...stuck(offsets, name)}
    >
      {pick}
      <button
        type="button"
        className="sort"
        title={w.sortBy(label)}
        onClick={() => onSort(nextSort(sort, name, field))}
      >
        <span className="sort-name">{label}</span>
        {down ? <ArrowDown /> : <ArrowUp data-idle={!up || undefined} />}
      </button>
      {handle}
    </th>
  )
}
