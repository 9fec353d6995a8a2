import { type FocusEvent, type MouseEvent, useRef } from 'react'
import type { Field } from '#platform/fields/field.ts'
import { isPlainClick } from './Anchor.tsx'
import { useDirectory } from './directory.tsx'
import { whyNotEdit } from './editable.ts'
import { FieldValue } from './FieldValue.tsx'
import { InPlaceEditor } from './InPlaceEditor.tsx'
import { initialOf } from './initials.ts'
import { useMessages } from './locale.tsx'
import { Parts } from './Parts.tsx'
import { type Grid, isFigure, type Row, stuck, toggled, valueIn } from './recordColumns.ts'
import { Bar } from './Skeleton.tsx'
import type { Known } from './TableHead.tsx'
import { Unread, unreadOf } from './Unread.tsx'
import { words } from './words.ts'

type Props<R extends Row> = Grid<R> & {
  known: Known
  row: R
  place: number
  onSave: (row: R, column: string, value: unknown) => void
}

// A pointer on its way elsewhere crosses rows faster than this.
const rest = 80

/** Calls back when the pointer comes to an element and stays; one that scrolls past it does neither. */
export const useRest = (act: (() => void) | undefined) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  return {
    onMouseEnter: ({ movementX, movementY }: MouseEvent) => {
      const moved = movementX !== 0 || movementY !== 0
      if (act && moved) timer.current = setTimeout(act, rest)
    },
    onMouseLeave: () => clearTimeout(timer.current),
  }
}

// Within this time a second click asks for the value instead of the record.
const twice = 220

export const RecordRow = <R extends Row>(props: Props<R>) => {
  const { row, place, known, selected, open, onPrefetch, lead, cursor } = props
  const resting = useRest(onPrefetch && (() => onPrefetch(row)))
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const onClick = (event: MouseEvent) => {
    clearTimeout(waiting.current)
    if (!opensRow(event) || event.detail > 1) return
    const editable = event.target instanceof Element && event.target.closest('[data-edits]')
    cursor.set(place, lead.field)
    if (editable) waiting.current = setTimeout(() => open(row), twice)
    else open(row)
  }
  const onDoubleClick = ({ target }: MouseEvent) => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
    const name = cell?.dataset.cell
    if (name === undefined || !props.entity) return
    clearTimeout(waiting.current)
    document.getSelection()?.removeAllRanges()
    cursor.edit(row, name)
  }
  return (
    <tr
      {...resting}
      data-row={row.id}
      data-place={place}
      data-open={row.id === props.openId || undefined}
      data-selected={selected?.has(row.id) || undefined}
      aria-rowindex={place + 2}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      <td className="lead">
        <LeadCell {...props} />
        <Editor {...props} name={lead.field} />
      </td>
      {known.map(({ name, field }) => (
        <Cell key={name} {...props} name={name} field={field} />
      ))}
    </tr>
  )
}

type CellProps<R extends Row> = Props<R> & { name: string; field: Field }

const Cell = <R extends Row>(props: CellProps<R>) => {
  const { row, place, name, field, cells, cursor, entity } = props
  const { rightOf } = useDirectory()
  const unread = unreadOf(row, name)
  const edits = entity && !whyNotEdit(entity, name, row, rightOf)
  const onFocus = (event: FocusEvent) => {
    if (event.target === event.currentTarget) cursor.set(place, name)
  }
  return (
    <td
      data-cell={name}
      data-edits={edits || undefined}
      data-editing={isEditing(props, name) || undefined}
      tabIndex={-1}
      onFocus={onFocus}
      className={isFigure(field) ? 'end' : undefined}
      {...stuck(props.offsets, name)}
    >
      {unread ? (
        <Unread reason={unread} />
      ) : (
        (cells?.[name]?.(row) ?? <FieldValue field={field} value={valueIn(row, name)} brief />)
      )}
      <Editor {...props} name={name} />
    </td>
  )
}

const isEditing = <R extends Row>({ row, cursor: { editing } }: Props<R>, name: string) =>
  editing !== undefined && editing.row.id === row.id && editing.column === name

const Editor = <R extends Row>(props: Props<R> & { name: string }) => {
  const { name, entity, cursor, onSave } = props
  const { editing } = cursor
  const field = entity?.fields[name]
  if (!field || !editing || !isEditing(props, name)) return null
  return (
    <InPlaceEditor
      field={field}
      value={valueIn(editing.row, name)}
      draft={editing.draft}
      onSave={(value) => onSave(editing.row, name, value)}
      onLeave={cursor.leave}
    />
  )
}

/** A click on something with a purpose of its own, or the end of marking text, is not for the row. */
export const opensRow = (event: MouseEvent) => {
  const { target } = event
  if (event.defaultPrevented || !isPlainClick(event)) return false
  if (target instanceof Element && target.closest('a, button, input, label')) return false
  return document.getSelection()?.isCollapsed !== false
}

const PickRow = <R extends Row>(props: LeadProps<R>) => {
  const { row, lead, selected, onSelect } = props
  const w = useMessages(words)
  if (!selected) return null
  return (
    <label className="pick">
      <input
        type="checkbox"
        tabIndex={props.place === props.cursor.place ? 0 : -1}
        aria-label={w.selectRow(lead.name(row))}
        checked={selected.has(row.id)}
        onChange={() => onSelect?.(toggled(selected, row.id))}
      />
    </label>
  )
}

type LeadProps<R extends Row> = Pick<
  Grid<R>,
  'lead' | 'hrefOf' | 'open' | 'cursor' | 'selected' | 'onSelect'
> & { row: R; place: number }

export const LeadCell = <R extends Row>(props: LeadProps<R>) => {
  const { row, lead } = props
  const name = lead.name(row)
  const line = lead.line?.(row)
  return (
    <span className="lead-cell">
      <span className="glyph-spot">
        <span className="glyph" aria-hidden="true">
          {lead.glyph?.(row) ?? initialOf(name)}
        </span>
        <PickRow {...props} />
      </span>
      <span className="lead-words">
        <a
          className="row-link"
          href={props.hrefOf(row)}
          title={name}
          tabIndex={props.place === props.cursor.place ? 0 : -1}
          onFocus={() => props.cursor.set(props.place, lead.field)}
          onClick={(event) => {
            if (!isPlainClick(event)) return
            event.preventDefault()
            props.open(row)
          }}
        >
          {name}
        </a>
        {line && <Parts className="lead-line" of={line} />}
      </span>
    </span>
  )
}

export const SkeletonRow = <R extends Row>(props: Grid<R> & { known: Known; place: number }) => (
  <tr className="skeleton-row">
    <td className="lead">
      <SkeletonLead place={props.place} />
    </td>
    {props.known.map(({ name }, column) => (
      <td key={name}>
        <Bar width={`${40 + ((props.place * 29 + column * 17) % 45)}%`} />
      </td>
    ))}
  </tr>
)

export const SkeletonLead = ({ place }: { place: number }) => (
  <span className="lead-cell">
    <span className="glyph bar" />
    <span className="lead-words">
      <Bar width={`${38 + ((place * 23) % 34)}%`} />
      <Bar width={`${26 + ((place * 31) % 22)}%`} />
    </span>
  </span>
)
