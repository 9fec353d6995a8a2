import { type RefObject, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Entity } from '#platform/fields/entity.ts'
import { useDirectory } from './directory.tsx'
import { whyNotEdit } from './editable.ts'
import { editWords } from './editWords.ts'
import { useLabel, useMessages } from './locale.tsx'
import type { Cursor, Editing, Grid, Leaving, Row, TableProps } from './recordColumns.ts'
import { usePageKeys } from './rowKeys.ts'
import { nearby } from './steadyRows.ts'
import { useToast } from './Toasts.tsx'

type Place = { place: number; column: string; id: string | undefined }

/** Where the keyboard is, which is so before it is known what stands there. */
export const useCursorState = <R extends Row>(
  { lead, between }: TableProps<R>,
  { inside }: Presence,
) => {
  const [at, setAt] = useState<Place>({ place: 0, column: lead.field, id: undefined })
  const [editing, setEditing] = useState<Editing<R>>()
  // Whoever is at a cell among groups may still open one.
  const working = editing !== undefined || (!between && at.column !== lead.field && inside())
  return { at, setAt, editing, setEditing, working }
}

/** The place of the keyboard in a table: rows by J, K and the arrows, cells by ← and →. */
export const useCursor = <R extends Row>(
  props: TableProps<R>,
  scroll: RefObject<HTMLDivElement | null>,
  { inside, enter }: Presence,
  { at, setAt, editing, setEditing }: ReturnType<typeof useCursorState<R>>,
): Cursor<R> => {
  const { source } = props
  const refuse = useRefusal(props.entity, props.fields)
  const place = placeOf(at, props)
  const here = source.at(place)
  // A place that was gone to before its row had come, and what was asked for there.
  const awaited = useRef(false)
  const asked = useRef<(row: R) => void>(undefined)
  // Takes back the focus that is on its way to a cell.
  const coming = useRef(() => {})
  const set = (next: number, column: string) => {
    awaited.current = false
    asked.current = undefined
    setAt({ place: next, column, id: source.at(next)?.id })
  }
  const visit = (next: number, column: string) => {
    set(next, column)
    enter()
    const row = source.at(next)
    coming.current()
    if (row) coming.current = focusCell(scroll, row.id, next, column)
    else awaited.current = true
  }
  const gone = at.id !== undefined && here !== undefined && here.id !== at.id
  // Whoever was in a row that is gone is in the one that took its place.
  useEffect(() => {
    if (here && here.id === at.id && place !== at.place) setAt({ ...at, place })
    if (!here || (!gone && !awaited.current)) return
    const lost = document.activeElement === document.body
    const act = asked.current
    if (inside() && (lost || awaited.current)) visit(place, at.column)
    else set(place, at.column)
    act?.(here)
  })
  return {
    place,
    column: at.column,
    editing,
    set,
    visit,
    edit: (row, column, draft, seen) => {
      if (refuse(row, column)) return
      const found = seen ?? [...source.placed].find(([, { id }]) => id === row.id)?.[0]
      if (found === undefined) return
      coming.current()
      setAt({ place: found, column, id: row.id })
      setEditing({ row, column, draft })
    },
    act: (act) => {
      if (here) act(here)
      else if (awaited.current) asked.current = act
    },
    // At once, for the next key may follow before anything is drawn.
    leave: (how) =>
      flushSync(() => {
        setEditing(undefined)
        const [next, column] = neighbour(props, { ...at, place }, how)
        visit(next, column)
      }),
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
const placeOf = <R extends Row>({ place, id }: Place, props: TableProps<R>) => {
  const { source } = props
  if (id !== undefined && source.at(place)?.id === id) return place
  const found = id === undefined ? undefined : nearby(source, place, id)
  return found ?? landing(props, place, -1) ?? 0
}

/** The place itself, or the next one in this direction, else in the other, where a row may be. */
const landing = <R extends Row>({ source, between }: TableProps<R>, place: number, way: 1 | -1) => {
  const last = source.known - 1
  const start = Math.min(Math.max(place, 0), Math.max(last, 0))
  const search = (by: 1 | -1) => {
    for (let at = start; at >= 0 && at <= last; at += by) if (!between?.(at)) return at
    return undefined
  }
  return search(way) ?? search(way === 1 ? -1 : 1)
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
  const beside = (by: 1 | -1) => landing(props, place + by, by) ?? place
  if (how === 'down') return [beside(1), column]
  if (how === 'up') return [beside(-1), column]
  if (how === 'right' && at === names.length - 1) return [beside(1), names[0] ?? column]
  if (how === 'right') return [place, names[at + 1] ?? column]
  if (how === 'left') return [place, names[Math.max(at - 1, 0)] ?? column]
  return [place, column]
}

const focusCell = (
  scroll: RefObject<HTMLDivElement | null>,
  id: string,
  place: number,
  column: string,
) => {
  const named = `[data-row="${CSS.escape(id)}"]`
  const find = (row: string) => scroll.current?.querySelector(row)
  let frame = 0
  // The row may have to be drawn before it can hold the focus.
  const take = (tries: number) => {
    frame = requestAnimationFrame(() => {
      const row = find(`${named}[data-place="${place}"]`) ?? find(named)
      const cell = row?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(column)}"]`)
      const target = cell ?? row?.querySelector<HTMLElement>('.row-link')
      if (target) {
        if (cell) cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        target.focus({ preventScroll: true })
      } else if (tries > 0) take(tries - 1)
    })
  }
  take(30)
  return () => cancelAnimationFrame(frame)
}

/** The keys of a table, while nobody types and nothing lies above it. */
export const useTableKeys = <R extends Row>(
  props: TableProps<R>,
  cursor: Cursor<R>,
  body: Grid<R>['body'],
  scroll: RefObject<HTMLDivElement | null>,
  { inside, entering }: Presence,
) => {
  const { source, lead } = props
  const visible = () =>
    Math.max(Math.floor((scroll.current?.clientHeight ?? 0) / body.options.estimateSize(0)) - 2, 1)
  // Whoever scrolled away from their row goes on where they are.
  const from = () => {
    const { startIndex = 0, endIndex = 0 } = body.range ?? {}
    const seen = cursor.place >= startIndex && cursor.place <= endIndex
    return seen || entering() ? cursor.place : startIndex
  }
  const toEnd = useToEnd(props, scroll, (place) => go(place, lead.field))
  const go = (place: number, column = cursor.column) => {
    const next = landing(props, place, place < cursor.place ? -1 : 1)
    if (next === undefined) return
    toEnd.current = false
    body.scrollToIndex(next)
    cursor.visit(next, column)
  }
  const step = (by: number) => go(inside() ? from() + by : cursor.place)
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
    const { column } = cursor
    cursor.act((row) => cursor.edit(row, column, undefined, cursor.place))
  })
  // The link of a row opens it by itself once it holds the focus, which it may not yet.
  const openHere = within(() => cursor.act((row) => props.onOpen?.(row)))
  const enter = (event: KeyboardEvent) => {
    if (cursor.column !== lead.field) return edit(event)
    const { activeElement } = document
    const row = activeElement?.closest('[data-place]')
    const there = row?.getAttribute('data-place') === String(cursor.place)
    if (event.shiftKey || (there && !activeElement?.matches('[data-cell]'))) return
    if (activeElement === document.body || row) openHere(event)
  }
  usePageKeys(
    [
      ['j', () => step(1)],
      ['k', () => step(-1)],
      ['ArrowDown', within(() => step(1))],
      ['ArrowUp', within(() => step(-1))],
      ['ArrowRight', along('right')],
      ['ArrowLeft', along('left')],
      ['PageDown', within(() => go(from() + visible()))],
      ['PageUp', within(() => go(from() - visible()))],
      ['Home', within(() => go(0, lead.field))],
      [
        'End',
        within(() => {
          go(source.known - 1, lead.field)
          toEnd.current = source.more || !endIsHere(props)
        }),
      ],
      ['e', edit],
      ['F2', edit],
      ['Enter', enter],
      [
        'x',
        () => {
          const { picking } = props
          if (picking) cursor.act((row) => picking.pick([row], !picking.has(row.id)))
        },
      ],
    ],
    !props.openId && !cursor.editing,
  )
}

export type Presence = {
  inside: () => boolean
  /** The keyboard goes to a row: the keys that follow are the table's, before the row can hold the focus. */
  enter: () => void
  /** It is on its way there. */
  entering: () => boolean
}

/** Whether the keyboard is in the table, also while the row that holds it is on its way. */
export const usePresence = (scroll: RefObject<HTMLElement | null>): Presence => {
  const last = useRef(false)
  const entering = useRef(false)
  useEffect(() => {
    const listen = ({ target }: FocusEvent) => {
      entering.current = false
      last.current = target instanceof Node && scroll.current?.contains(target) === true
    }
    document.addEventListener('focusin', listen)
    return () => document.removeEventListener('focusin', listen)
  }, [scroll])
  return {
    inside: () => {
      const active = document.activeElement
      if (entering.current) return true
      if (active === null || active === document.body) return last.current
      return scroll.current?.contains(active) === true
    },
    enter: () => {
      entering.current = true
    },
    entering: () => entering.current,
  }
}

/**
 * The end that was asked for before it was known how far it is, or that has moved on: whoever chose it
 * comes there, unless they go elsewhere first.
 */
const useToEnd = <R extends Row>(
  props: TableProps<R>,
  scroll: RefObject<HTMLDivElement | null>,
  go: (place: number) => void,
) => {
  const wanted = useRef(false)
  const latest = useRef(go)
  latest.current = go
  const { known, more } = props.source
  const arrived = endIsHere(props)
  useEffect(() => {
    if (!wanted.current || more) return
    latest.current(known - 1)
    wanted.current = !arrived
  }, [known, more, arrived])
  useEffect(() => {
    const elsewhere = () => {
      wanted.current = false
    }
    const box = scroll.current
    const signs = ['wheel', 'pointerdown'] as const
    for (const sign of signs) box?.addEventListener(sign, elsewhere, { passive: true })
    return () => {
      for (const sign of signs) box?.removeEventListener(sign, elsewhere)
    }
  }, [scroll])
  return wanted
}

/** Whether the last row has come. */
const endIsHere = <R extends Row>(props: TableProps<R>) => {
  const last = landing(props, props.source.known - 1, -1)
  return last !== undefined && props.source.at(last) !== undefined
}
