import { CalendarDays, ChartNoAxesColumn, Columns4, Rows3, Table2 } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { Fields } from '#platform/fields/field.ts'
import { boardable, groupable, summable } from '#platform/lists/groupable.ts'
import type { ListView } from '#platform/views/listView.ts'
import type { ViewKind } from '#platform/views/model.ts'
import { usePlainFields } from './directory.tsx'
import { useListFields } from './fields.ts'
import { listWords } from './listWords.ts'
import { useLabel, useMessages } from './locale.tsx'
import { Menu } from './Menu.tsx'
import type { Row, TableProps } from './recordColumns.ts'
import { useLoaded } from './useLoaded.ts'

// Nobody needs these before a list is shown so; `lazy` would forget which rows they are of.
const loadBoard = () => import('./Board.tsx')
const loadCalendar = () => import('./Calendar.tsx')
const loadChart = () => import('./GroupChart.tsx')

// The choices bring antd's Select.
const ShapeFields = lazy(() =>
  import('./ShapeFields.tsx').then((module) => ({ default: module.ShapeFields })),
)

const loadGroups = () => import('./GroupedTable.tsx')

const icons = {
  table: <Table2 />,
  board: <Columns4 />,
  calendar: <CalendarDays />,
  chart: <ChartNoAxesColumn />,
}

/** Which fields a shape can be made by; a shape without any is not offered. */
const candidates = (kind: ViewKind, fields: Fields): readonly string[] =>
  Object.entries(fields)
    .filter(([, field]) => {
      if (kind === 'board') return boardable(field) && field.kind !== 'person'
      if (kind === 'calendar') return field.kind === 'date' || field.kind === 'dateTime'
      return groupable(field)
    })
    .map(([name]) => name)

const useGroupFields = ({ entity }: ListView) => usePlainFields(entity.name, useListFields(entity))

/** A shape is made by a field that the table shows rather than by another. */
type Arranged = { view: ListView; columns: readonly string[] }

/** Chooses table, board, calendar or chart, and what it is made by. */
export const ShapePick = ({ view, columns }: Arranged) => {
  const w = useMessages(listWords)
  const label = useLabel()
  const fields = useGroupFields(view)
  const { kind } = view
  const kinds = (['table', 'board', 'calendar', 'chart'] as const).filter(
    (each) => each === 'table' || candidates(each, fields).length > 0,
  )
  const options = (names: readonly string[]) =>
    names.flatMap((name) => {
      const field = fields[name]
      return field ? [{ value: name, label: label(field.label) }] : []
    })
  const by = chosen({ view, columns }, fields)
  const offers = options(candidates(kind, fields))
  const grouped = kind === 'table' && view.by !== undefined
  const [first] = candidates('table', fields)
  const groups = {
    key: 'grouped',
    label: w.grouped,
    icon: <Rows3 />,
    checked: grouped,
    run: () => view.setShape({ kind: 'table', by: first }),
  }
  const sums = options(Object.keys(fields).filter((name) => fields[name] && summable(fields[name])))
  return (
    <>
      <Suspense>
        {(kind !== 'table' || view.by) && <ShapeFields {...{ view, by, groups: offers, sums }} />}
      </Suspense>
      <Menu
        label={w.show}
        items={[
          ...kinds.map((each) => ({
            key: each,
            label: w[each],
            icon: icons[each],
            checked: each === kind && !grouped,
            run: () => view.setShape({ kind: each }),
          })),
          ...(first === undefined ? [] : [groups]),
        ]}
      >
        <button type="button" className="icon-button" aria-label={w.show} title={w.show}>
          {icons[kind]}
        </button>
      </Menu>
    </>
  )
}

const chosen = ({ view, columns }: Arranged, fields: Fields) => {
  const { kind, by } = view
  const names = candidates(kind, fields)
  if (by !== undefined && names.includes(by)) return by
  return columns.find((name) => names.includes(name)) ?? names[0]
}

export type ShapeProps<R extends Row> = TableProps<R> & { view: ListView; by: string }

/** The list in another shape than a table. */
export const ListShape = <R extends Row>(props: TableProps<R> & { view: ListView }) => {
  const fields = useGroupFields(props.view)
  const by = chosen(props, fields)
  if (by === undefined) return null
  const own = { ...props, by }
  if (props.view.kind === 'board') return <BoardShape key={by} {...own} />
  if (props.view.kind === 'calendar') return <CalendarShape key={by} {...own} />
  if (props.view.kind === 'table') return <GroupsShape key={by} {...own} />
  return <ChartShape {...own} />
}

const BoardShape = <R extends Row>(props: ShapeProps<R>) => {
  const loaded = useLoaded(loadBoard)
  return loaded ? <loaded.Board {...props} /> : null
}

const CalendarShape = <R extends Row>(props: ShapeProps<R>) => {
  const loaded = useLoaded(loadCalendar)
  return loaded ? <loaded.Calendar {...props} /> : null
}

const GroupsShape = <R extends Row>(props: ShapeProps<R>) => {
  const loaded = useLoaded(loadGroups)
  return loaded ? <loaded.GroupedTable {...props} /> : null
}

const ChartShape = <R extends Row>(props: ShapeProps<R>) => {
  const loaded = useLoaded(loadChart)
  return loaded ? <loaded.GroupChart {...props} /> : null
}
