import { useMemo } from 'react'
import type { Condition } from '#platform/conditions/condition.ts'
import { dependenciesOf } from '#platform/conditions/depends.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field, Fields } from '#platform/fields/field.ts'
import { useListAddress } from '#platform/lists/listAddress.ts'
import { type ListQuery, useCount } from '#platform/lists/source.ts'
import { usualSortOf } from '#platform/lists/usualSort.ts'
import { type RowSource, useRows } from '#platform/lists/window.ts'
import { useListView } from '#platform/views/listView.ts'
import { useDirectory, usePlainFields } from './directory.tsx'
import { useColumns, useListFields } from './fields.ts'
import { garbled } from './ListFailure.tsx'
import type { Count } from './numbers.ts'
import type { Tab } from './RecordList.tsx'
import type { Row } from './recordColumns.ts'

type Parts = {
  /** The columns that the page shows of itself. */
  columns: readonly string[]
  /** The views that are built in; where the first one narrows the list, the page opens with it. */
  tabs: readonly Tab[]
  /** Columns that are no fields of the kind. */
  drawn?: Fields
  /** The field of the first column, which stays even for those who may not know it. */
  lead: string
}

/**
 * What every list page has: what is asked for and what is shown, as far as its reader may know the
 * fields. What a right covers or hides leaves columns, tabs, filters and orders.
 */
export const useListPage = <R extends Row>(entity: Entity, parts: Parts) => {
  const { rest, setRest, garbled: unread } = useListAddress()
  const { rightOf } = useDirectory()
  const fields = useListFields(entity)
  const plain = usePlainFields(entity.name, fields)
  const tabs = parts.tabs.filter(({ filter }) => !filter || isReadable(entity, plain, filter))
  const view = useListView(entity, tabs[0]?.filter)
  const columns = useColumns(entity, parts.columns)
  const { drawn, lead } = parts
  const shown = useMemo(() => {
    const known = Object.entries(fields).filter(
      ([name]) => name === lead || rightOf(entity.name, name) !== 'hidden',
    )
    const ordered = known.map(([name, field]) => [name, plain[name] ?? unsorted(field)])
    return { ...Object.fromEntries(ordered), ...drawn }
  }, [fields, plain, entity, rightOf, drawn, lead])
  const path = `/${entity.plural}`
  const usual = usualSortOf(entity, (name) => rightOf(entity.name, name))
  const query = { ...view.query, sort: view.query.sort ?? usual }
  const source = useRows<R>(path, query)
  const count = wholeCount(useCount(path, query), source)
  const ask = ({ sort, ...next }: ListQuery) =>
    view.ask({ ...next, ...(sort && sort !== usual && { sort }) })
  const clear = () => view.ask({})
  return {
    /** What the list itself is made of. */
    list: {
      ...{ fields: shown, filters: plain, columns, tabs, view, query },
      onQuery: ask,
      onClear: clear,
      ...(unread && { refused: garbled }),
      source,
      count: unread ? undefined : count,
    },
    query,
    /** By more than is usual here. */
    narrowed: query.q !== undefined || told(query.filter) !== told(tabs[0]?.filter),
    clear,
    ...{ rest, setRest },
  }
}

/** A count that was cut off, in full once the table knows how long the list is. */
const wholeCount = <R>(count: Count | undefined, { known, more, stale }: RowSource<R>) => {
  const whole = count?.more && !more && !stale && known > count.count
  return whole ? { count: known, more: false } : count
}

const told = (filter: Condition | undefined) => JSON.stringify(filter)

const isReadable = (entity: Entity, plain: Fields, filter: Condition) =>
  dependenciesOf(entity, filter).fields.every(
    ({ entity: of, field }) => of !== entity.name || Object.hasOwn(plain, field),
  )

const unsorted = ({ sort: _, ...field }: Field): Field => field
