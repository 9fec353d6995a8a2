import { ChevronDown, ChevronRight } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { type Field, fieldNamed, isList } from '#platform/fields/field.ts'
import { useGroups, withinGroup } from '#platform/lists/groupSource.ts'
import type { Group } from '#platform/lists/groups.ts'
import { type RecordSource, useList } from '#platform/lists/source.ts'
import type { RowSource } from '#platform/lists/window.ts'
import { useListFields } from './fields.ts'
import { type Line, linesOf } from './groupLines.ts'
import type { ShapeProps } from './ListShape.tsx'
import { listWords } from './listWords.ts'
import { useLocale, useMessages } from './locale.tsx'
import { sayNumber } from './numbers.ts'
import { RecordTable } from './RecordTable.tsx'
import type { Between, Row } from './recordColumns.ts'
import { SumOf, useMeasure } from './SumOf.tsx'
import { useGroupName } from './useGroupName.ts'

/**
 * A table whose rows stand under the values of a field, with how many there are and what they come to.
 * It is the same table with lines between its rows, so whatever can be done there can be done here.
 */
export const GroupedTable = <R extends Row>(props: ShapeProps<R>) => {
  const { view, by } = props
  const path = `/${view.entity.plural}`
  const field = fieldNamed(useListFields(view.entity), by)
  const { sum } = useMeasure(view)
  const answer = useGroups(path, view.query, by, { sum })
  const w = useMessages(listWords)
  const groups = (answer.data?.groups ?? []).map((group) => ({ group, key: keyOf(group) }))
  const { isOpen, toggle } = useFolds(groups.map(({ key }) => key))
  const [held, setHeld] = useState<ReadonlyMap<string, RecordSource<R>>>(new Map())
  const lines = linesOf(
    groups.map(({ group, key }) => ({ key, group, source: isOpen(key) ? held.get(key) : null })),
  )
  const rows = new Map(lines.flatMap((line, place) => (line.row ? [[place, line.row]] : [])))
  const source: RowSource<R> = {
    ...{ rows: [...rows.values()], placed: rows, at: (place) => rows.get(place) },
    ...{ known: lines.length, more: false, stale: answer.isPlaceholderData },
    state: answer.isError ? 'failed' : answer.data && field ? 'ready' : 'loading',
    failure: answer.error,
    retry: () => void answer.refetch(),
    show: () => {},
  }
  const between = (place: number): Between | undefined => {
    const line = lines[place]
    if (!line || !field || line.of === 'row') return undefined
    const { of, key, group } = line
    if (of === 'end')
      return { key: `${key} end`, heading: false, of: <More source={line.source} /> }
    const open = isOpen(key)
    const head = <Head {...{ view, field, group, open }} onToggle={() => toggle(key)} />
    return { key: `${key} head`, heading: true, of: head }
  }
  const notes = [field && isList(field) && w.inEach, answer.data?.more && w.more]
  return (
    <>
      {field &&
        groups.map(
          ({ group, key }) =>
            isOpen(key) && (
              <Rows<R>
                key={key}
                path={path}
                query={withinGroup(view.query, by, field, group.value)}
                onRows={(found) => setHeld((before) => new Map(before).set(key, found))}
              />
            ),
        )}
      <RecordTable
        {...props}
        source={source}
        between={between}
        keyOf={(place) => `${lines[place]?.key} ${rows.get(place)?.id ?? place}`}
        foot={notes.map(
          (note) =>
            note && (
              <p key={note} className="quiet group-note">
                {note}
              </p>
            ),
        )}
      />
    </>
  )
}

const keyOf = ({ value }: Group) => JSON.stringify(value)

/** The first group lies open from the start; which one that was stays so when others come before it. */
const useFolds = (keys: readonly string[]) => {
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map())
  const first = useRef<string>(undefined)
  first.current ??= keys[0]
  const isOpen = (key: string) => folds.get(key) ?? key === first.current
  const toggle = (key: string) => setFolds((before) => new Map(before).set(key, !isOpen(key)))
  return { isOpen, toggle }
}

/** Reads the rows of one group, which the table then draws with all others. */
const Rows = <R extends Row>(props: {
  path: string
  query: Parameters<typeof useList>[1]
  onRows: (source: RecordSource<R>) => void
}) => {
  const source = useList<R>(props.path, props.query)
  const { rows, state, more, fetching } = source
  const tell = () => props.onRows(source)
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when it says something else
  useLayoutEffect(tell, [rows, state, more, fetching])
  return null
}

type HeadProps = Pick<ShapeProps<Row>, 'view'> & {
  field: Field
  group: Group
  open: boolean
  onToggle: () => void
}

const Head = ({ view, field, group, open, onToggle }: HeadProps) => {
  const w = useMessages(listWords)
  const locale = useLocale()
  const name = useGroupName(field)(group.value)
  return (
    <span className="group-line">
      <button
        type="button"
        aria-expanded={open}
        aria-label={open ? w.foldGroup(name) : w.unfoldGroup(name)}
        onClick={onToggle}
      >
        {open ? <ChevronDown /> : <ChevronRight />}
        {name}
      </button>
      <span className="page-count">{sayNumber(group.count, locale)}</span>
      {group.sum !== undefined && <SumOf view={view} value={group.sum} />}
    </span>
  )
}

/** Goes on within a group, also after an answer that did not come. */
const More = <R extends Row>({ source }: { source: Extract<Line<R>, { of: 'end' }>['source'] }) => {
  const w = useMessages(listWords)
  return (
    <button
      type="button"
      className="chip-add"
      onClick={source.state === 'failed' ? source.retry : source.loadMore}
    >
      {w.loadMore}
    </button>
  )
}
