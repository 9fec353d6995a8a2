import type { Virtualizer } from '@tanstack/react-virtual'
import type { ReactNode } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field, Fields, Kind } from '#platform/fields/field.ts'
import type { RowSource } from '#platform/lists/window.ts'
import type { ListColumn } from '#platform/views/model.ts'

export type Row = { id: string }

/** The first column: what the record is called, and one quiet line that tells it from its namesakes. */
export type Lead<R> = {
  /** The field that the column sorts by. */
  field: string
  name: (row: R) => string
  line?: (row: R) => readonly (string | null | undefined)[]
  glyph?: (row: R) => string
}

export type TableProps<R extends Row> = {
  /** Names the table to a screen reader. */
  label: string
  fields: Fields
  lead: Lead<R>
  columns: readonly string[]
  source: RowSource<R>
  sort?: string | undefined
  onSort?: (sort: string) => void
  picking?: Picking
  /** Cells that need more than their field's kind says, by field name. */
  cells?: Record<string, (row: R) => ReactNode>
  /** What a phone shows at the right of a row, at most two short lines. */
  aside?: (row: R) => ReactNode
  hrefOf: (row: R) => string
  /** Opens over the list; without it the row's address is gone to. */
  onOpen?: (row: R) => void
  openId?: string | undefined
  onPrefetch?: (row: R) => void
  compact?: boolean
  /** Widths and frozen columns that the reader chose. */
  layout?: ReadonlyMap<string, ListColumn>
  onWidth?: (name: string, width: number) => void
  /** The kind of record, where its values can be changed in the table. */
  entity?: Entity
  /** What stands at a place where no row is, such as the head of a group. */
  between?: (place: number) => Between | undefined
  /** Tells rows apart where one may stand at several places. */
  keyOf?: (place: number) => string
  /** Says how the list ends, where that is not by its length. */
  foot?: ReactNode
  empty: ReactNode
  /** Leaves out all that was asked, where the list refuses it. */
  onClear?: () => void
}

/** Which rows are picked, and picking them. */
export type Picking = {
  has: (id: string) => boolean
  some: boolean
  pick: (rows: readonly Row[], on: boolean) => void
  clear: () => void
}

export type Between = { key: string; heading: boolean; of: ReactNode }

/** Where a frozen column stays when the table is scrolled sideways. */
export const stuck = (offsets: ReadonlyMap<string, number>, name: string) => {
  const left = offsets.get(name)
  return left === undefined ? {} : { 'data-stuck': true, style: { left } }
}

/** Where the keyboard is in a table, and which value is being changed. */
export type Cursor<R> = {
  place: number
  /** The column; the first one is the name of the record. */
  column: string
  editing: Editing<R> | undefined
  /** The keyboard is at a cell. */
  set: (place: number, column: string) => void
  /** Takes the keyboard to a cell. */
  visit: (place: number, column: string) => void
  /** Opens the editor of a cell, or says why it has none. */
  edit: (row: R, column: string, draft?: { value: unknown }, place?: number) => void
  /** Does something with the row that the keyboard is at, once it is there. */
  act: (act: (row: R) => void) => void
  leave: (how: Leaving) => void
}
/** A value being changed: the record as it was when it began. */
export type Editing<R> = { row: R; column: string; draft?: { value: unknown } | undefined }
/** Where one goes after a value: nowhere, to the row below or above, or to the next or last column. */
export type Leaving = 'stay' | 'down' | 'up' | 'right' | 'left'

export type Known = readonly { name: string; field: Field }[]

/** What is done with the row at a place; the same as long as the table stands. */
export type RowActs = {
  open: (place: number) => void
  /** The pointer rests on it. */
  rest: (place: number) => void
  pick: (place: number) => void
  pickAll: (on: boolean) => void
  set: (place: number, column: string) => void
  edit: (place: number, column: string) => void
  save: (value: unknown) => void
  leave: (how: Leaving) => void
}

/** What all rows have in common. Scrolling leaves it as it is, so that only rows that come in are drawn. */
export type RowLook = {
  /** The field of the first column. */
  lead: string
  known: Known
  offsets: ReadonlyMap<string, number>
  entity: Entity | undefined
  acts: RowActs
}

/** A table at work: its rows as drawn, and which of them the keyboard is at. */
export type Grid<R extends Row> = TableProps<R> & {
  cursor: Cursor<R>
  look: RowLook
  body: Virtualizer<HTMLDivElement, HTMLElement>
}

/** What is drawn at a place is the same as long as this is. */
export const keyAt = <R extends Row>(props: TableProps<R>, place: number) =>
  props.between?.(place)?.key ?? props.keyOf?.(place) ?? props.source.at(place)?.id ?? -1 - place

export const valueIn = (row: object, name: string): unknown => Reflect.get(row, name)

const widths: Record<Kind, number> = {
  text: 160,
  longText: 280,
  integer: 104,
  number: 104,
  money: 136,
  date: 120,
  dateTime: 128,
  bool: 72,
  choice: 96,
  choices: 200,
  tags: 200,
  phone: 136,
  phones: 136,
  email: 200,
  link: 160,
  code: 184,
  idNumber: 184,
  bankAccount: 184,
  region: 128,
  person: 112,
  department: 128,
  file: 200,
  reference: 184,
}
/** The least that the first column keeps before the table scrolls sideways. */
export const leadWidth = 280

export const widthOf = (field: Field) => widths[field.kind]
export const isFigure = (field: Field) =>
  field.kind === 'integer' || field.kind === 'number' || field.kind === 'money'

/** The other direction, or this column's own first one: newest first for times, else upwards. */
export const nextSort = (sort: string | undefined, name: string, field: Field) => {
  if (sort === name) return `-${name}`
  if (sort === `-${name}`) return name
  return field.kind === 'dateTime' || isFigure(field) ? `-${name}` : name
}

/** Whether the answer says that the reader may change this record. */
export const mayEdit = (row: object) => {
  const can = valueIn(row, 'can')
  return typeof can === 'object' && can !== null && valueIn(can, 'edit') === true
}
