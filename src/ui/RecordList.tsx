import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Condition } from '#platform/conditions/condition.ts'
import { type Fields, fieldNamed } from '#platform/fields/field.ts'
import type { ListQuery } from '#platform/lists/source.ts'
import type { ListView } from '#platform/views/listView.ts'
import type { ListColumn, SavedView } from '#platform/views/model.ts'
import { BulkActions, sayEvery } from './BulkActions.tsx'
import { ColumnChooser } from './ColumnChooser.tsx'
import { useDirectory } from './directory.tsx'
import { FilterBar, partsOf } from './FilterBar.tsx'
import { FilterFold } from './FilterFold.tsx'
import { ListFailure } from './ListFailure.tsx'
import { ListShape, ShapePick } from './ListShape.tsx'
import { listWords } from './listWords.ts'
import { useLocale, useMessages } from './locale.tsx'
import { useNarrow } from './media.ts'
import { type Count, sayCount } from './numbers.ts'
import { usePageTitle } from './pageTitle.ts'
import { type Picked, usePicked } from './picked.ts'
import { RecordTable } from './RecordTable.tsx'
import type { Row, TableProps } from './recordColumns.ts'
import { usePageKeys } from './rowKeys.ts'
import { ViewMenu } from './ViewMenu.tsx'
import { WholeFind } from './WholeFind.tsx'
import { words } from './words.ts'

export type Tab = { key: string; label: string; filter?: Condition }

type Props<R extends Row> = Omit<TableProps<R>, 'sort' | 'onSort'> & {
  title: string
  count: Count | undefined
  query: ListQuery
  onQuery: (query: ListQuery) => void
  tabs?: readonly Tab[]
  /** Placeholder of the search field; without it the list has none. */
  find?: string
  /** What can be filtered by, where that is less than what is shown. */
  filters?: Fields
  /** Buttons at the right of the title, the most important one last. */
  actions?: ReactNode
  /** How its reader has arranged the list; without it the list stays as the page has it. */
  view?: ListView
  /** Why nothing can be shown, whatever the server would answer. */
  refused?: unknown
}

// A pause in typing after which the list follows.
const pause = 250

/** A list page: title and count, views as tabs, search and filter on one line, then the rows. */
export const RecordList = <R extends Row>(given: Props<R>) => {
  const { query, onQuery, count, tabs, view } = given
  const locale = useLocale()
  usePageTitle(given.title)
  const picked = usePicked()
  const narrow = useNarrow()
  const layout = useLayout(given)
  const props: Props<R> = {
    ...given,
    ...layout,
    ...(view && { entity: view.entity, picking: picked }),
  }
  const { source } = props
  const sorting = { sort: query.sort, onSort: (sort: string) => onQuery({ ...query, sort }) }
  return (
    <div className="page">
      <header className="page-head">
        <h1>
          {props.title}
          <span className="page-count" aria-live="polite">
            {count && sayCount(count, locale)}
          </span>
        </h1>
        {props.actions}
      </header>
      {tabs && <Tabs {...{ tabs, query, onQuery, view }} />}
      <div className="toolbar">
        {view && picked.some ? (
          <Selection {...{ view, picked, count, query }} />
        ) : (
          <>
            {props.find && <Find {...{ query, onQuery }} placeholder={props.find} />}
            {narrow ? (
              <FilterFold count={partsOf(query.filter).length}>
                <Filters {...props} />
              </FilterFold>
            ) : (
              <Filters {...props} />
            )}
            {view && <ListTools {...props} view={view} narrow={narrow} />}
          </>
        )}
      </div>
      {props.refused ? (
        <ListFailure failure={props.refused} onRetry={source.retry} onClear={props.onClear} />
      ) : view && (view.kind !== 'table' || view.by) ? (
        <ListShape {...props} {...sorting} view={view} />
      ) : (
        <RecordTable {...props} {...sorting} />
      )}
    </div>
  )
}

/** The columns as the reader chose them, frozen ones first. */
const useLayout = <R extends Row>({ view, columns, lead, fields }: Props<R>) => {
  if (!view) return {}
  const known = (view.columns ?? columns.map((name): ListColumn => ({ name }))).filter(
    ({ name }) => name !== lead.field && fieldNamed(fields, name) !== undefined,
  )
  const chosen = [...known].sort((a, b) => Number(b.frozen ?? false) - Number(a.frozen ?? false))
  return {
    columns: chosen.map(({ name }) => name),
    layout: new Map(chosen.map((each) => [each.name, each])),
    onWidth: (name: string, width: number) =>
      view.setColumns(chosen.map((each) => (each.name === name ? { ...each, width } : each))),
  }
}

const Filters = <R extends Row>({ query, onQuery, view, filters, fields, hrefOf }: Props<R>) => (
  <FilterBar
    fields={filters ?? fields}
    condition={query.filter}
    onChange={(filter) => onQuery(withFilter(query, filter))}
    entity={view?.entity}
    further={view && <WholeFind entity={view.entity} hrefOf={hrefOf} />}
  />
)

/** A phone shows no columns that could be chosen. */
const ListTools = <R extends Row>(props: Props<R> & { view: ListView; narrow: boolean }) => {
  const { view, narrow, fields, lead, layout, columns } = props
  const { rightOf } = useDirectory()
  const offered = Object.fromEntries(
    Object.entries(fields).filter(
      ([name]) => name !== lead.field && rightOf(view.entity.name, name) !== 'hidden',
    ),
  )
  return (
    <span className="list-tools">
      <ShapePick view={view} columns={columns} />
      {!narrow && (
        <ColumnChooser
          fields={offered}
          columns={columns.map((name) => layout?.get(name) ?? { name })}
          onChange={view.setColumns}
        />
      )}
      <ViewMenu view={view} />
    </span>
  )
}

const withFilter = (
  { filter: _, ...query }: ListQuery,
  filter: Condition | undefined,
): ListQuery => ({
  ...query,
  ...(filter && { filter }),
})

type Asking = { query: ListQuery; onQuery: (query: ListQuery) => void }

/** Arrows go from view to view, as in every row of tabs. */
const Tabs = (props: Asking & { tabs: readonly Tab[]; view: ListView | undefined }) => {
  const { query, onQuery, view } = props
  const now = JSON.stringify(query.filter)
  const own = (view?.saved ?? []).map((saved) => ({ key: saved.id, label: saved.name, saved }))
  const tabs: readonly (Tab & { saved?: SavedView })[] = [...props.tabs, ...own]
  const current = tabs.findIndex((tab) =>
    view?.current ? tab.key === view.current.id : !tab.saved && JSON.stringify(tab.filter) === now,
  )
  const show = (tab: Tab & { saved?: SavedView }) => {
    if (tab.saved) return view?.open(tab.saved)
    if (view?.current) return view.openPlain(withFilter({}, tab.filter))
    onQuery(withFilter(query, tab.filter))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const next = step && tabs[(Math.max(current, 0) + step + tabs.length) % tabs.length]
    if (!next) return
    event.preventDefault()
    show(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" tabIndex={-1} onKeyDown={onKeyDown}>
      {tabs.map((tab, place) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          className="tab"
          data-tab={tab.key}
          tabIndex={place === Math.max(current, 0) ? 0 : -1}
          aria-selected={place === current}
          onClick={() => show(tab)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  )
}

/** Follows the typing after a pause, at once on Enter, and never while Chinese is being composed. */
const Find = ({ query, onQuery, placeholder }: Asking & { placeholder: string }) => {
  const [text, setText] = useState(query.q ?? '')
  const composing = useRef(false)
  const field = useRef<HTMLInputElement>(null)
  const asked = useRef(query.q ?? '')
  const ask = (value: string) => {
    const wanted = value.trim()
    if (wanted === asked.current) return
    asked.current = wanted
    const { q: _, ...rest } = query
    onQuery({ ...rest, ...(wanted && { q: wanted }) })
  }
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (composing.current) return
    const wait = setTimeout(() => latest.current(text), pause)
    return () => clearTimeout(wait)
  }, [text])
  useEffect(() => {
    // The address changed by other means, such as going back.
    if ((query.q ?? '') === asked.current) return
    asked.current = query.q ?? ''
    setText(asked.current)
  }, [query.q])
  return (
    <label className="toolbar-find">
      <Search />
      <input
        ref={field}
        type="search"
        placeholder={placeholder}
        aria-label={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={(event) => {
          composing.current = false
          const { value } = event.currentTarget
          setTimeout(() => latest.current(value), pause)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') field.current?.blur()
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) ask(text)
        }}
      />
    </label>
  )
}

const Selection = (props: {
  view: ListView
  picked: Picked
  count: Count | undefined
  query: ListQuery
}) => {
  const { picked, count } = props
  const w = useMessages(words)
  const l = useMessages(listWords)
  const locale = useLocale()
  usePageKeys([['Escape', picked.clear]])
  return (
    <div className="selection">
      <strong>
        {picked.every && count
          ? l.everySelected(sayEvery(count, picked.except.size, locale), picked.except.size)
          : w.selected(picked.targets.length)}
      </strong>
      <BulkActions {...props} />
      <button type="button" className="chip-add" onClick={picked.clear}>
        {w.clearSelection}
      </button>
    </div>
  )
}
