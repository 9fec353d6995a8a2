import { type MouseEvent, useRef } from 'react'
import { isPlainClick } from './Anchor.tsx'
import { FieldValue } from './FieldValue.tsx'
import { initialOf } from './initials.ts'
import { useMessages } from './locale.tsx'
import { Parts } from './Parts.tsx'
import { type Grid, isFigure, type Row, stuck, toggled, valueIn } from './recordColumns.ts'
import { Bar } from './Skeleton.tsx'
import type { Known } from './TableHead.tsx'
import { words } from './words.ts'

type Props<R extends Row> = Grid<R> & { known: Known; row: R; place: number }

// A pointer on its way elsewhere crosses rows faster than this.
const rest = 80

/** Calls back when the pointer stays on an element. */
export const useRest = (act: (() => void) | undefined) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  return {
    onMouseEnter: () => {
      if (act) timer.current = setTimeout(act, rest)
    },
    onMouseLeave: () => clearTimeout(timer.current),
  }
}

export const RecordRow = <R extends Row>(props: Props<R>) => {
  const { row, place, known, cells, selected, open, onPrefetch } = props
  const resting = useRest(onPrefetch && (() => onPrefetch(row)))
  return (
    <tr
      {...resting}
      data-row={row.id}
      data-open={row.id === props.openId || undefined}
      data-selected={selected?.has(row.id) || undefined}
      aria-rowindex={place + 2}
      onClick={(event) => {
        if (opensRow(event)) open(row)
      }}
    >
      <td className="lead">
        <LeadCell {...props} />
      </td>
      {known.map(({ name, field }) => (
        <td
          key={name}
          className={isFigure(field) ? 'end' : undefined}
          {...stuck(props.offsets, name)}
        >
          {cells?.[name]?.(row) ?? <FieldValue field={field} value={valueIn(row, name)} brief />}
        </td>
      ))}
    </tr>
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
        tabIndex={props.place === props.active ? 0 : -1}
        aria-label={w.selectRow(lead.name(row))}
        checked={selected.has(row.id)}
        onChange={() => onSelect?.(toggled(selected, row.id))}
      />
    </label>
  )
}

type LeadProps<R extends Row> = Pick<
  Grid<R>,
  'lead' | 'hrefOf' | 'open' | 'active' | 'setActive' | 'selected' | 'onSelect'
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
          tabIndex={props.place === props.active ? 0 : -1}
          onFocus={() => props.setActive(props.place)}
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
