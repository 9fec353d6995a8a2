import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import type { RowSource } from '#platform/lists/window.ts'
import { useDirectory } from './directory.tsx'
import { whyNotEdit } from './editable.ts'
import { editWords } from './editWords.ts'
import { useLabel, useMessages } from './locale.tsx'
import {
  type Cursor,
  type Editing,
  type Grid,
  type Leaving,
  type Row,
  type TableProps,
  toggled,
} from './recordColumns.ts'
import { usePageKeys } from './rowKeys.ts'
import { nearby } from './steadyRows.ts'
import { useToast } from './Toasts.tsx'

type Place = { place: number; column: string; id: string | undefined }

/** The place of the keyboard in a table: rows by J, K and the arrows, cells by ← and →. */
export const useCursor = <R extends Row>(
  props: TableProps<R>,
  scroll: RefObject<HTMLDivElement | null>,
): Cursor<R> => {
  const { source, lead } = props
  const [at, setAt] = useState<Place>({ place: 0, column: lead.field, id: undefined })
  const [editing, setEditing] = useState<Editing<R>>()
  const refuse = useRefusal(props.entity, props.fields)
  const place = placeOf(at, source)
  const set = (next: number, column: string) =>
    setAt({ place: next, column, id: source.at(next)?.id })
  const visit = (next: number, column: string) => {
    set(next, column)
    focusCell(scroll, source.at(next)?.id ?? next, column)
  }
  return {
    place,
    column: at.column,
    editing,
    set,
    visit,
    edit: (row, column, draft) => {
      if (refuse(row, column)) return
      const found = source.rows.findIndex(({ id }) => id === row.id)
      setAt({ place: source.at(place)?.id === row.id ? place : found, column, id: row.id })
      setEditing({ row, column, draft })
    },
    leave: (how) => {
      setEditing(undefined)
      const [next, column] = neighbour(props, { ...at, place }, how)
      visit(next, column)
    },
  }
}

/** Says in a word why a value cannot be changed here, if it cannot. */
const useRefusal = (entity: Entity | undefined, fields: TableProps<Row>['fields']) => {
  const { rightOf } = useDirectory()
  const toast = useToast()
  const w = useMessages(editWords)
  const label = useLabel()
  return (row: object, column: string): boolean => {
    const why = whyNotEdit(entity, column, row, rightOf)
    const field = fields[column]
    if (why) toast({ text: w[why](field ? label(field.label) : '') })
    return why !== undefined
  }
}

/** The row that the keyboard was at, also where others have come before it. */
const placeOf = <R extends Row>({ place, id }: Place, source: RowSource<R>) => {
  const last = Math.max(source.known - 1, 0)
  if (id === undefined || source.at(place)?.id === id) return Math.min(place, last)
  return nearby(source, place, id) ?? Math.min(place, last)
}

const columnsOf = <R extends Row>({ lead, columns, fields }: TableProps<R>) => [
  lead.field,
  ...columns.filter((name) => fields[name]),
]

const neighbour = <R extends Row>(
  props: TableProps<R>,
  { place, column }: Omit<Place, 'id'>,
  how: Leaving,
): [number, string] => {
  const names = columnsOf(props)
  const at = names.indexOf(column)
  const last = props.source.known - 1
  if (how === 'down') return [Math.min(place + 1, last), column]
  if (how === 'up') return [Math.max(place - 1, 0), column]
  if (how === 'right' && at === names.length - 1)
    return [Math.min(place + 1, last), names[0] ?? column]
  if (how === 'right') return [place, names[at + 1] ?? column]
  if (how === 'left') return [place, names[Math.max(at - 1, 0)] ?? column]
  return [place, column]
}

/** A row by its id, or by its place while it is not known which one stands there. */
const focusCell = (
  scroll: RefObject<HTMLDivElement | null>,
  at: string | number,
  column: string,
) => {
  const own = typeof at === 'string' ? `[data-row="${CSS.escape(at)}"]` : `[data-place="${at}"]`
  // The row may have to be drawn before it can hold the focus.
  const take = (tries: number) =>
    requestAnimationFrame(() => {
      const row = scroll.current?.querySelector(own)
      const cell = row?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(column)}"]`)
      const target = cell ?? row?.querySelector<HTMLElement>('.row-link')
      if (target) {
        if (cell) cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        target.focus({ preventScroll: true })
      } else if (tries > 0) take(tries - 1)
    })
  take(30)
}

/** The keys of a table, while nobody types and nothing lies above it. */
export const useTableKeys = <R extends Row>(
  props: TableProps<R>,
  cursor: Cursor<R>,
  body: Grid<R>['body'],
  scroll: RefObject<HTMLDivElement | null>,
) => {
  const { source, lead } = props
  const inside = useInside(scroll)
  const visible = () =>
    Math.max(Math.floor((scroll.current?.clientHeight ?? 0) / body.options.estimateSize(0)) - 2, 1)
  const go = (place: number, column = cursor.column) => {
    const next = Math.min(Math.max(place, 0), Math.max(source.known - 1, 0))
    if (source.known === 0) return
    body.scrollToIndex(next)
    cursor.visit(next, column)
  }
  const step = (by: number) => go(inside() ? cursor.place + by : cursor.place)
  const within = (act: () => void) => (event: KeyboardEvent) => {
    if (!inside()) return
    event.preventDefault()
    act()
  }
  const along = (by: 'right' | 'left') =>
    within(() => {
      const names = columnsOf(props)
      const at = names.indexOf(cursor.column) + (by === 'right' ? 1 : -1)
      go(cursor.place, names[Math.min(Math.max(at, 0), names.length - 1)])
    })
  const edit = within(() => {
    const row = source.at(cursor.place)
    if (row) cursor.edit(row, cursor.column)
  })
  const jump = useJump(props, (place) => go(place, lead.field))
  usePageKeys(
    [
      ['j', () => step(1)],
      ['k', () => step(-1)],
      ['ArrowDown', within(() => step(1))],
      ['ArrowUp', within(() => step(-1))],
      ['ArrowRight', along('right')],
      ['ArrowLeft', along('left')],
      ['PageDown', within(() => go(cursor.place + visible()))],
      ['PageUp', within(() => go(cursor.place - visible()))],
      ['Home', within(() => jump('first'))],
      ['End', within(() => jump('last'))],
      ['e', edit],
      ['F2', edit],
      ['Enter', (event) => cursor.column !== lead.field && edit(event)],
      [
        'x',
        () => {
          const row = source.at(cursor.place)
          if (row && props.selected) props.onSelect?.(toggled(props.selected, row.id))
        },
      ],
    ],
    !props.openId && !cursor.editing,
  )
}

/** Whether the keyboard is in the table, also while the row that held it is on its way. */
const useInside = (scroll: RefObject<HTMLDivElement | null>) => {
  const last = useRef(false)
  useEffect(() => {
    const listen = ({ target }: FocusEvent) => {
      last.current = target instanceof Node && scroll.current?.contains(target) === true
    }
    document.addEventListener('focusin', listen)
    return () => document.removeEventListener('focusin', listen)
  }, [scroll])
  return () => {
    const active = document.activeElement
    if (active === null || active === document.body) return last.current
    return scroll.current?.contains(active) === true
  }
}

/** Goes to an end of the list; where that one is not read yet, the list is turned round first. */
const useJump = <R extends Row>({ source }: TableProps<R>, go: (place: number) => void) => {
  const wanted = useRef<'first' | 'last'>(undefined)
  const latest = useRef(go)
  latest.current = go
  const { end, known } = source
  const edge = source.at(end === 'first' ? 0 : known - 1)
  const arrived = source.state === 'ready' && !source.stale && edge !== undefined
  useEffect(() => {
    if (wanted.current !== end || !arrived) return
    wanted.current = undefined
    latest.current(end === 'first' ? 0 : known - 1)
  }, [end, arrived, known])
  return (to: 'first' | 'last') => {
    const here = to === end || !source.more
    if (here) return go(to === 'first' ? 0 : known - 1)
    wanted.current = to
    source.jump(to)
  }
}
