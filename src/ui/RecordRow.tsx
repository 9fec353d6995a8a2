import {
  type FocusEvent,
  isValidElement,
  type MouseEvent,
  memo,
  type ReactNode,
  useRef,
} from 'react'
import type { Field } from '#platform/fields/field.ts'
import { isPlainClick } from './Anchor.tsx'
import { useDirectory } from './directory.tsx'
import { whyNotEdit } from './editable.ts'
import { FieldValue } from './FieldValue.tsx'
import { InPlaceEditor } from './InPlaceEditor.tsx'
import { initialOf } from './initials.ts'
import { useMessages } from './locale.tsx'
import { Parts } from './Parts.tsx'
import {
  type Editing,
  isFigure,
  type Known,
  type Row,
  type RowLook,
  stuck,
  type TableProps,
  valueIn,
} from './recordColumns.ts'
import { Bar } from './Skeleton.tsx'
import { Unread, unreadOf } from './Unread.tsx'
import { words } from './words.ts'

/** What a row says of its record where that is not left to the kinds of its fields. */
export type Told = {
  href: string
  name: string
  line: readonly (string | null | undefined)[]
  glyph: string
  /** Cells that are drawn in a way of their own, in the order of the columns. */
  cells: readonly ReactNode[]
}

export const toldOf = <R extends Row>(props: TableProps<R>, known: Known, row: R): Told => {
  const { lead, cells } = props
  const name = lead.name(row)
  return {
    ...{ name, href: props.hrefOf(row), line: lead.line?.(row) ?? [] },
    glyph: lead.glyph?.(row) ?? initialOf(name),
    cells: known.map((column) => cells?.[column.name]?.(row)),
  }
}

type Props = {
  look: RowLook
  row: Row
  place: number
  told: Told
  /** The keyboard is at this row. */
  here: boolean
  /** Undefined where nothing can be picked. */
  picked: boolean | undefined
  opened: boolean
  /** The value of this row that is being changed. */
  editing: Editing<Row> | undefined
}

// A pointer on its way elsewhere crosses rows faster than this.
const rest = 80

/** Calls back when the pointer comes to an element and stays; one that scrolls past it does neither. */
const useRest = (act: (() => void) | undefined) => {
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

const Drawn = (props: Props) => {
  const { look, row, place, told } = props
  const { acts, lead, known, entity } = look
  const resting = useRest(() => acts.rest(place))
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const onClick = (event: MouseEvent) => {
    clearTimeout(waiting.current)
    if (!opensRow(event) || event.detail > 1) return
    const editable = event.target instanceof Element && event.target.closest('[data-edits]')
    acts.set(place, lead)
    if (editable) waiting.current = setTimeout(() => acts.open(place), twice)
    else acts.open(place)
  }
  const onDoubleClick = ({ target }: MouseEvent) => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
    const name = cell?.dataset.cell
    if (name === undefined || !entity) return
    clearTimeout(waiting.current)
    document.getSelection()?.removeAllRanges()
    acts.edit(place, name)
  }
  return (
    <tr
      {...resting}
      data-row={row.id}
      data-place={place}
      data-open={props.opened || undefined}
      data-selected={props.picked || undefined}
      aria-rowindex={place + 2}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      <td className="lead">
        <LeadCell {...props} />
        <Editor {...props} name={lead} />
      </td>
      {known.map(({ name, field }, at) => (
        <Cell key={name} {...props} name={name} field={field} drawn={told.cells[at]} />
      ))}
    </tr>
  )
}

const Cell = (props: Props & { name: string; field: Field; drawn: ReactNode }) => {
  const { row, place, name, field, look } = props
  const { rightOf } = useDirectory()
  const unread = unreadOf(row, name)
  const edits = look.entity && !whyNotEdit(look.entity, name, row, rightOf)
  const onFocus = (event: FocusEvent) => {
    if (event.target === event.currentTarget) look.acts.set(place, name)
  }
  return (
    <td
      data-cell={name}
      data-edits={edits || undefined}
      data-editing={props.editing?.column === name || undefined}
      tabIndex={-1}
      onFocus={onFocus}
      className={isFigure(field) ? 'end' : undefined}
      {...stuck(look.offsets, name)}
    >
      {unread ? (
        <Unread reason={unread} />
      ) : (
        (props.drawn ?? <FieldValue field={field} value={valueIn(row, name)} brief />)
      )}
      <Editor {...props} name={name} />
    </td>
  )
}

const Editor = ({ name, look, editing }: Props & { name: string }) => {
  const field = look.entity?.fields[name]
  if (!field || editing?.column !== name) return null
  return (
    <InPlaceEditor
      field={field}
      value={valueIn(editing.row, name)}
      draft={editing.draft}
      onSave={look.acts.save}
      onLeave={look.acts.leave}
    />
  )
}

/** The same row shows the same: what its page draws is compared by what it says, not by who made it. */
export const sameRow = <P extends { told: Told }>(a: P, b: P) => sameParts(a, b, sameTold)

const sameTold = (a: unknown, b: unknown) =>
  Object.is(a, b) || (isParts(a) && isParts(b) && sameParts(a, b, sameDrawn))

const sameDrawn = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, at) => sameDrawn(each, b[at]))
  if (!isValidElement(a) || !isValidElement(b)) return false
  if (a.type !== b.type || a.key !== b.key) return false
  return isParts(a.props) && isParts(b.props) && sameParts(a.props, b.props, Object.is)
}

const isParts = (value: unknown): value is object => typeof value === 'object' && value !== null

const sameParts = (a: object, b: object, same: (a: unknown, b: unknown) => boolean) => {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => same(Reflect.get(a, name), Reflect.get(b, name)))
  )
}

/** A row of a table; it is drawn anew only when it has something else to say. */
export const RecordRow = memo(Drawn, sameRow)

/** A click on something with a purpose of its own, or the end of marking text, is not for the row. */
export const opensRow = (event: MouseEvent) => {
  const { target } = event
  if (event.defaultPrevented || !isPlainClick(event)) return false
  if (target instanceof Element && target.closest('a, button, input, label')) return false
  return document.getSelection()?.isCollapsed !== false
}

const PickRow = ({ place, told, here, picked, look }: LeadProps) => {
  const w = useMessages(words)
  if (picked === undefined) return null
  return (
    <label className="pick">
      <input
        type="checkbox"
        tabIndex={here ? 0 : -1}
        aria-label={w.selectRow(told.name)}
        checked={picked}
        onChange={() => look.acts.pick(place)}
      />
    </label>
  )
}

type LeadProps = Pick<Props, 'look' | 'place' | 'told' | 'here' | 'picked'>

export const LeadCell = (props: LeadProps) => {
  const { place, told, look } = props
  return (
    <span className="lead-cell">
      <span className="glyph-spot">
        <span className="glyph" aria-hidden="true">
          {told.glyph}
        </span>
        <PickRow {...props} />
      </span>
      <span className="lead-words">
        <a
          className="row-link"
          href={told.href}
          title={told.name}
          tabIndex={props.here ? 0 : -1}
          onFocus={() => look.acts.set(place, look.lead)}
          onClick={(event) => {
            if (!isPlainClick(event)) return
            event.preventDefault()
            look.acts.open(place)
          }}
        >
          {told.name}
        </a>
        {told.line.length > 0 && <Parts className="lead-line" of={told.line} />}
      </span>
    </span>
  )
}

export const SkeletonRow = memo(({ known, place }: { known: Known; place: number }) => (
  <tr className="skeleton-row">
    <td className="lead">
      <SkeletonLead place={place} />
    </td>
    {known.map(({ name }, column) => (
      <td key={name}>
        <Bar width={`${40 + ((place * 29 + column * 17) % 45)}%`} />
      </td>
    ))}
  </tr>
))

export const SkeletonLead = ({ place }: { place: number }) => (
  <span className="lead-cell">
    <span className="glyph bar" />
    <span className="lead-words">
      <Bar width={`${38 + ((place * 23) % 34)}%`} />
      <Bar width={`${26 + ((place * 31) % 22)}%`} />
    </span>
  </span>
)
