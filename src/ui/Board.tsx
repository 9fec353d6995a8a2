import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { ArrowRightLeft } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { ApiProblem, call } from '#platform/door/client.ts'
import { offered } from '#platform/fields/choices.ts'
import { type Field, fieldNamed } from '#platform/fields/field.ts'
import { type GroupValue, useGroups, withinGroup } from '#platform/lists/groupSource.ts'
import { lists, refreshLists, useList } from '#platform/lists/source.ts'
import { isPlainClick, useTravel } from './Anchor.tsx'
import { useAskedFields, useDirectory, usePlainFields } from './directory.tsx'
import { FieldValue } from './FieldValue.tsx'
import { useFields } from './fields.ts'
import { ListFailure } from './ListFailure.tsx'
import type { ShapeProps } from './ListShape.tsx'
import { listWords } from './listWords.ts'
import { useLabel, useLocale, useMessages } from './locale.tsx'
import { Menu } from './Menu.tsx'
import { sayNumber } from './numbers.ts'
import { Parts } from './Parts.tsx'
import { pathOf, targetOf } from './picked.ts'
import { type Row, valueIn } from './recordColumns.ts'
import { SumOf, useMeasure } from './SumOf.tsx'
import { useStageTrouble } from './stageHints.ts'
import { useToast } from './Toasts.tsx'
import { useCardFocus } from './useCardFocus.ts'
import { useGroupName } from './useGroupName.ts'
import { useReasons } from './useReasons.ts'

type Props<R extends Row> = ShapeProps<R>
/** Without a count as long as it is not known. */
type Column = { value: GroupValue; count?: number; sum?: number | undefined }

/** A list as columns by one field; a card that is taken to another column takes on its value. */
export const Board = <R extends Row>(props: Props<R>) => {
  const { view, by } = props
  const path = `/${view.entity.plural}`
  const field = fieldNamed(view.entity.fields, by)
  const groups = useGroups(path, view.query, by, useMeasure(view))
  if (!field) return null
  if (groups.isError)
    return (
      <ListFailure
        failure={groups.error}
        onRetry={() => groups.refetch()}
        onClear={props.onClear}
      />
    )
  return <Columns {...props} field={field} found={groups.data?.groups} />
}

const Columns = <R extends Row>(
  props: Props<R> & { field: Field; found: readonly Column[] | undefined },
) => {
  const { field, found, view, openId } = props
  const move = useMove(props)
  const board = useRef<HTMLElement>(null)
  const busy = useIsFetching({ queryKey: lists(`/${view.entity.plural}`) }) > 0
  useCardFocus(board, { openId, busy: busy || move.going.size > 0 })
  const boards: Column[] = valuesOf(field).map(
    (value) => found?.find((each) => each.value === value) ?? { value, ...(found && { count: 0 }) },
  )
  const others = (found ?? []).filter(({ value }) => !boards.some((each) => each.value === value))
  return (
    <section ref={board} className="board" aria-label={props.label}>
      {[...boards, ...others].map((column) => (
        <BoardColumn key={String(column.value)} {...props} {...{ column, field, move, boards }} />
      ))}
    </section>
  )
}

const valuesOf = (field: Field): GroupValue[] =>
  field.kind === 'bool' ? [true, false] : offered(field.choices).map(({ value }) => value)

type Move<R> = {
  going: ReadonlySet<string>
  /** Why what is being dragged cannot come here. */
  closed: (to: GroupValue) => string | undefined
  start: (row: R, to: GroupValue) => Promise<void>
  /** What is dragged is remembered here: a drag event tells nothing of it on its way. */
  take: (row: R | undefined) => void
  /** Why this row cannot come there. */
  trouble: (row: R, to: GroupValue) => string | undefined
  drop: (to: GroupValue) => void
}

/** The card goes at once where it is put and comes back, with the reason, when the server refuses. */
const useMove = <R extends Row>({
  view,
  by,
  lead,
  field,
}: Props<R> & { field: Field }): Move<R> => {
  const client = useQueryClient()
  const toast = useToast()
  const say = useReasons()
  const w = useMessages(listWords)
  const [going, setGoing] = useState<ReadonlySet<string>>(new Set())
  const nameOf = useGroupName(field)
  const [taken, setTaken] = useState<R>()
  const stageTrouble = useStageTrouble()
  const asked = useAskedFields(view.entity.name, useFields(view.entity))
  const plain = usePlainFields(view.entity.name, asked)
  const trouble = (row: R, to: GroupValue) =>
    stageTrouble(asked[by] ?? field, plain, { ...row }, by, to)
  const start = async (row: R, to: GroupValue) => {
    const target = targetOf(row)
    if (!target) return
    setGoing((before) => new Set([...before, row.id]))
    try {
      const { version } = target
      const body = { [by]: to }
      await call('PATCH', pathOf(view.entity.plural, target), { body, version })
      toast({ text: w.moved(lead.name(row), nameOf(to)) })
    } catch (problem) {
      const refusal = problem instanceof ApiProblem ? (problem.errors[0] ?? problem) : undefined
      toast({ tone: 'failed', text: w.refused(say(refusal ?? { reason: 'fault' })) })
    } finally {
      await refreshLists(client, `/${view.entity.plural}`)
      setGoing((before) => new Set([...before].filter((id) => id !== row.id)))
    }
  }
  return {
    going,
    start,
    trouble,
    closed: (to) => taken && trouble(taken, to),
    take: setTaken,
    drop: (to) => {
      setTaken(undefined)
      if (taken) void start(taken, to)
    },
  }
}

type ColumnProps<R extends Row> = Props<R> & {
  column: Column
  boards: readonly Column[]
  field: Field
  move: Move<R>
}

const kindOfDrag = 'application/x-zhike-card'

const BoardColumn = <R extends Row>(props: ColumnProps<R>) => {
  const { view, by, column, field, move } = props
  const w = useMessages(listWords)
  const locale = useLocale()
  const name = useGroupName(field)(column.value)
  const source = useList<R>(
    `/${view.entity.plural}`,
    withinGroup(view.query, by, field, column.value),
    20,
  )
  const [over, setOver] = useState(false)
  const closed = move.closed(column.value)
  const drop = (event: DragEvent) => {
    setOver(false)
    if (!event.dataTransfer.types.includes(kindOfDrag) || closed) return
    event.preventDefault()
    move.drop(column.value)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: each card has a menu for the keyboard
    <div
      className="board-column"
      data-column={String(column.value)}
      data-over={over || undefined}
      data-closed={closed ? true : undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(kindOfDrag) || closed) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 tabIndex={-1}>
        {name}
        {column.count !== undefined && (
          <span className="page-count">{sayNumber(column.count, locale)}</span>
        )}
        {column.sum !== undefined && <SumOf view={view} value={column.sum} />}
      </h2>
      {closed && <p className="board-closed">{closed}</p>}
      <ul aria-label={name}>
        {source.rows.map((row) => (
          <Card key={row.id} {...props} row={row} />
        ))}
      </ul>
      {source.state === 'ready' && source.rows.length === 0 && (
        <p className="quiet">{w.nothingHere}</p>
      )}
      {source.more && (
        <button type="button" className="chip-add" onClick={source.loadMore}>
          {w.loadMore}
        </button>
      )}
    </div>
  )
}

const Card = <R extends Row>(props: ColumnProps<R> & { row: R }) => {
  const { row, lead, move, boards, column, field, view, by } = props
  const w = useMessages(listWords)
  const nameOf = useGroupName(field)
  const { go } = useTravel()
  const { rightOf } = useDirectory()
  const name = lead.name(row)
  const line = lead.line?.(row)
  const movable =
    may(row, by === 'owner_id' ? 'transfer' : 'edit') && rightOf(view.entity.name, by) === 'write'
  return (
    <li
      className="board-card"
      data-card={row.id}
      draggable={movable}
      data-going={move.going.has(row.id) || undefined}
      onDragStart={(event) => {
        move.take(row)
        event.dataTransfer.setData(kindOfDrag, row.id)
        event.dataTransfer.effectAllowed = 'move'
      }}
      onDragEnd={() => move.take(undefined)}
    >
      <span className="lead-words">
        <a
          className="row-link"
          href={props.hrefOf(row)}
          title={name}
          onClick={(event) => {
            if (!isPlainClick(event)) return
            event.preventDefault()
            if (props.onOpen) props.onOpen(row)
            else go(props.hrefOf(row))
          }}
        >
          {name}
        </a>
        {line && <Parts className="lead-line" of={line} />}
        <Facts {...props} />
      </span>
      {movable && (
        <Menu
          label={w.moveTo(name)}
          items={boards
            .filter(({ value }) => value !== column.value)
            .map(({ value }) => {
              const hint = move.trouble(row, value)
              return {
                key: String(value),
                label: nameOf(value),
                ...(hint && { hint, disabled: true }),
                run: () => void move.start(row, value),
              }
            })}
        >
          <button
            type="button"
            className="icon-button"
            aria-label={w.moveTo(name)}
            title={w.moveTo(name)}
          >
            <ArrowRightLeft />
          </button>
        </Menu>
      )}
    </li>
  )
}

const may = (row: object, verb: 'edit' | 'transfer') => {
  const can = 'can' in row ? row.can : undefined
  return (
    typeof can === 'object' &&
    can !== null &&
    Object.entries(can).some(([name, allowed]) => name === verb && allowed === true)
  )
}

const most = 3

/** The first columns of the list that say something of this record, but for what its place says. */
const Facts = <R extends Row>({ row, columns, fields, cells, by }: ColumnProps<R> & { row: R }) => {
  const label = useLabel()
  const told = columns.filter((name) => name !== by && isFilled(valueIn(row, name))).slice(0, most)
  if (told.length === 0) return null
  return (
    <span className="card-facts">
      {told.map((name) => {
        const field = fields[name]
        return (
          field && (
            <span key={name} title={label(field.label)}>
              {cells?.[name]?.(row) ?? <Fact field={field} value={valueIn(row, name)} />}
            </span>
          )
        )
      })}
    </span>
  )
}

/** What is true is said by its name: a card has no heads of columns that a bare yes could answer. */
const Fact = ({ field, value }: { field: Field; value: unknown }) => {
  const label = useLabel()
  return value === true ? label(field.label) : <FieldValue {...{ field, value }} brief />
}

const isFilled = (value: unknown) =>
  value !== null && value !== undefined && value !== '' && value !== false && !isEmpty(value)
const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0
