import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import type { Condition } from '../conditions/condition.ts'
import { call } from '../door/client.ts'
import type { Entity } from '../fields/entity.ts'
import { writeListQuery } from '../lists/address.ts'
import type { Figure } from '../lists/groupable.ts'
import type { Measure } from '../lists/groupSource.ts'
import { type Shape, useListAddress } from '../lists/listAddress.ts'
import type { ListQuery } from '../lists/source.ts'
import type { ListColumn, OwnSettings, SavedView, ViewDefinition, ViewKind } from './model.ts'

type Views = { items: SavedView[]; own: OwnSettings }
type Written = {
  name?: string
  shared_with?: readonly number[]
  definition?: ViewDefinition
  /** Takes it over from whoever owned it. */
  owner?: 'me'
}

/** A list as its reader has arranged it, and what can be done with the arrangement. */
export type ListView = {
  entity: Entity
  /** What is asked for, be it said in the address or usual on this page. */
  query: ListQuery
  /** Asks otherwise, in the shape that the list has. */
  ask: (query: ListQuery) => void
  kind: ViewKind
  by: string | undefined
  sum: string | undefined
  figure: Figure
  setShape: (shape: { kind: ViewKind; by?: string | undefined } & Measure) => void
  saved: readonly SavedView[]
  /** The saved view that the list began as. */
  current: SavedView | undefined
  /** The list no longer is what the view says. */
  changed: boolean
  open: (view: SavedView) => void
  /** Shows a view that is built in. */
  openPlain: (query: ListQuery) => void
  /** The columns that the reader or the view chose; undefined: the page's own. */
  columns: readonly ListColumn[] | undefined
  setColumns: (columns: readonly ListColumn[] | undefined) => void
  /** `searching`: the words that are searched for now belong to the view. */
  save: (name: string, sharedWith: readonly number[], searching: boolean) => Promise<unknown>
  update: (view: SavedView, written: Written) => Promise<unknown>
  /** Takes the list as it is now over into the view. */
  overwrite: (view: SavedView) => Promise<unknown>
  remove: (view: SavedView) => Promise<unknown>
  defaultId: string | null
  setDefault: (id: string | null) => void
}

const none: Views = { items: [], own: { columns: {}, default_view: null } }

/** Stands in the address in place of a view: the list as the program has it, though another is shown first. */
const plain = 'plain'

/**
 * The views of a list and the columns of its reader; the address says which of them is shown. `usual`
 * narrows the list as long as neither the address nor a saved view says by what.
 */
export const useListView = (entity: Entity, usual?: Condition): ListView => {
  const { query: said, garbled, setQuery, shape, setShape: go, rest } = useListAddress()
  const saved = shape.view !== undefined && shape.view !== plain
  const query: ListQuery = !usual || saved || said.filter ? said : { ...said, filter: usual }
  const client = useQueryClient()
  const key = ['views', entity.name]
  const answer = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      call<Views>('GET', '/views', { query: { entity: entity.name }, signal }),
    staleTime: 60_000,
  })
  const { items, own } = answer.data ?? none
  const current = items.find(({ id }) => id === shape.view)
  const place = current?.id ?? ''
  const columns = own.columns[place] ?? current?.definition.columns ?? own.columns['']
  const kind = kindOf(shape.as)
  const figure = shape.figure === 'average' ? 'average' : 'sum'
  const { q, ...asked } = query
  // Words to search for are of the moment: a view holds them only where somebody wanted it to.
  const now: ViewDefinition = {
    ...(q && current?.definition.q !== undefined && { q }),
    ...asked,
    ...(columns && { columns: [...columns] }),
    ...(kind !== 'table' && { kind }),
    ...(shape.by && { group: shape.by }),
    ...(shape.sum && { sum: shape.sum }),
    ...(figure === 'average' && { figure }),
  }

  const refresh = () => client.invalidateQueries({ queryKey: key })
  const keep = async (next: OwnSettings) => {
    client.setQueryData<Views>(key, (before) => ({ ...(before ?? none), own: next }))
    await call('PUT', `/views/own/${entity.name}`, { body: next })
  }
  const withColumns = (next: readonly ListColumn[] | undefined): OwnSettings => {
    const { [place]: _, ...others } = own.columns
    return { ...own, columns: next ? { ...others, [place]: [...next] } : others }
  }
  const open = (view: SavedView, replace = false) => go(shapeIn(view), queryIn(view), replace)
  const update = async (view: SavedView, written: Written) => {
    await call('PATCH', `/views/${view.id}`, { body: written, version: view.version })
    await refresh()
  }

  // A list opened without a word shows the view its reader starts with, whenever it is opened so.
  const start = items.find(({ id }) => id === own.default_view)
  const arrived = start && !garbled && isBare({ ...rest, ...shape }, said)
  useLayoutEffect(() => {
    if (arrived) open(start, true)
  })
  // Before it is known whether there is one, whoever asks for the whole list shall keep it.
  const mayStart = start !== undefined || answer.data === undefined
  const setShape = (next: Shape, asked = said, replace = false) =>
    go(mayStart && isBare(next, asked) ? { view: plain } : next, asked, replace)
  // Where something is usual, nothing at all has to be asked for by a word of its own.
  const worded = (next: ListQuery): ListQuery =>
    usual && !saved && !next.filter ? { ...next, filter: { all: [] } } : next

  return {
    ...{ entity, query, kind, by: shape.by, sum: shape.sum, figure },
    ...{ saved: items, current, columns },
    open: (view) => open(view),
    ask: (next) => {
      const asked = worded(next)
      if (isBare(shape, asked)) setShape({}, asked, true)
      else setQuery(asked)
    },
    setShape: (next) =>
      setShape({
        ...(shape.view && { view: shape.view }),
        ...(next.kind !== 'table' && { as: next.kind }),
        ...(next.by && { by: next.by }),
        ...(next.sum && { sum: next.sum }),
        ...(next.sum && next.figure === 'average' && { figure: next.figure }),
      }),
    changed: current !== undefined && !same(now, current.definition),
    openPlain: (next) => setShape({}, next),
    setColumns: (next) => void keep(withColumns(next)),
    save: async (name, sharedWith, searching) => {
      const definition = withSearch(now, searching ? q : undefined)
      const body = { entity: entity.name, name, shared_with: sharedWith, definition }
      const made = await call<SavedView>('POST', '/views', { body })
      await refresh()
      // What is searched for stays, so that nothing on the screen changes by being kept.
      go(shapeIn(made), { ...queryIn(made), ...(q && { q }) })
    },
    update,
    overwrite: async (view) => {
      await update(view, { definition: now })
      await keep(withColumns(undefined))
    },
    remove: async (view) => {
      await call('DELETE', `/views/${view.id}`, { version: view.version })
      await refresh()
      if (view.id === current?.id) setShape({}, {})
    },
    defaultId: own.default_view,
    setDefault: (id) => void keep({ ...own, default_view: id }),
  }
}

/** A view that searches for these words, or for none. */
export const withSearch = (
  { q: _, ...definition }: ViewDefinition,
  q: string | undefined,
): ViewDefinition => ({ ...(q && { q }), ...definition })

const isBare = (shape: object, query: ListQuery) =>
  Object.keys({ ...shape, ...writeListQuery(query) }).length === 0

const kindOf = (word: string | undefined): ViewKind =>
  word === 'board' || word === 'calendar' || word === 'chart' ? word : 'table'

const shapeIn = ({ id, definition: { kind, group, sum, figure } }: SavedView): Shape => ({
  view: id,
  ...(kind && kind !== 'table' && { as: kind }),
  ...(group && { by: group }),
  ...(sum && { sum }),
  ...(figure && { figure }),
})

const queryIn = ({ definition: { q, filter, sort } }: SavedView): ListQuery => ({
  ...(q && { q }),
  ...(filter && { filter }),
  ...(sort && { sort }),
})

/** Columns are kept for each reader by themselves; they make no view another one. */
const same = (a: ViewDefinition, b: ViewDefinition) => told(a) === told(b)
const told = ({ q, filter, sort, kind, group, sum, figure }: ViewDefinition) =>
  JSON.stringify([q, filter, sort, kind === 'table' ? undefined : kind, group, sum, figure])
