import { type Field, fieldNamed, type Locale } from '#platform/fields/field.ts'
import { isTime } from '#platform/lists/groupable.ts'
import { type GroupValue, useGroups, withinGroup } from '#platform/lists/groupSource.ts'
import type { Figures, Group } from '#platform/lists/groups.ts'
import type { ListView } from '#platform/views/listView.ts'
import { useListFields } from './fields.ts'
import { ListFailure } from './ListFailure.tsx'
import type { ShapeProps } from './ListShape.tsx'
import { listWords } from './listWords.ts'
import { useLabel, useLocale, useMessages } from './locale.tsx'
import { MonthLine } from './MonthLine.tsx'
import type { Row } from './recordColumns.ts'
import { SkeletonText } from './Skeleton.tsx'
import { sayAmount, useMeasure } from './SumOf.tsx'
import { useGroupName } from './useGroupName.ts'

// Of the 100 that a bar can be long; its figure stands behind it.
const whole = 100

/** A list in figures: bars from zero, biggest first, or a line over months; each leads to its rows. */
export const GroupChart = <R extends Row>({ view, by, onClear }: ShapeProps<R>) => {
  const field = fieldNamed(useListFields(view.entity), by)
  return field ? <Chart {...{ view, by, field, onClear }} /> : null
}

type ChartProps = {
  view: ListView
  by: string
  field: Field
  onClear: (() => void) | undefined
}

const Chart = ({ view, by, field, onClear }: ChartProps) => {
  const w = useMessages(listWords)
  const label = useLabel()
  const locale = useLocale()
  const { added, ...measure } = useMeasure(view)
  const answer = useGroups(`/${view.entity.plural}`, view.query, by, measure)
  const nameOf = useGroupName(field)
  if (answer.isError)
    return <ListFailure failure={answer.error} onRetry={() => answer.refetch()} onClear={onClear} />
  if (!answer.data)
    return (
      <div className="group-chart">
        <SkeletonText lines={8} />
      </div>
    )
  const { groups, total, more } = answer.data
  const months = isTime(field)
  const averaged = added !== undefined && measure.figure === 'average'
  const sizeOf = ({ count, sum, average }: Figures) => {
    if (!added) return count
    return averaged ? (average ?? null) : (sum ?? 0)
  }
  const say = (figures: Figures) => sayFigure(added, sizeOf(figures), locale)
  const marks = {
    sizeOf,
    say,
    nameOf,
    open: (value: GroupValue) => view.openPlain(withinGroup(view.query, by, field, value)),
    titleOf: (group: Group) => w.openGroup(label(field.label), nameOf(group.value), say(group)),
  }
  return (
    <figure className="group-chart">
      <figcaption
        title={added ? w[averaged ? 'averageIs' : 'sumIs'](label(added.label)) : w.countIs}
      >
        {months ? w.byMonth(label(field.label)) : w.chartOf(label(field.label))}
      </figcaption>
      {months && <MonthLine {...marks} groups={groups} />}
      {groups.length === 0 ? (
        <p className="quiet">{w.nothingHere}</p>
      ) : (
        <Groups {...{ marks, groups, total, field, added, averaged, bars: !months }} />
      )}
      {more && <p className="quiet">{months ? w.olderMonths : w.more}</p>}
    </figure>
  )
}

export type Marks = {
  /** What a mark is as big as; null where there is nothing to make an average of. */
  sizeOf: (figures: Figures) => number | null
  say: (figures: Figures) => string
  nameOf: (value: GroupValue) => string
  titleOf: (group: Group) => string
  open: (value: GroupValue) => void
}

type GroupsProps = {
  marks: Marks
  groups: readonly Group[]
  total: Figures
  field: Field
  added: Field | undefined
  averaged: boolean
  bars: boolean
}

/** Every group in a line with its figures, and what they come to at the foot. */
const Groups = ({ marks, groups, total, field, added, averaged, bars }: GroupsProps) => {
  const w = useMessages(listWords)
  const label = useLabel()
  const sizes = groups.map((group) => marks.sizeOf(group) ?? 0)
  const range = [Math.min(0, ...sizes), Math.max(0, ...sizes)] as const
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{label(field.label)}</th>
          {bars && <td />}
          {added && (
            <Definition text={w.sumIs(label(added.label))}>{label(added.label)}</Definition>
          )}
          {added && <Definition text={w.averageIs(label(added.label))}>{w.average}</Definition>}
          <Definition text={w.countIs}>{w.records}</Definition>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          // The button in its head is the way for the keyboard.
          <tr
            key={String(group.value)}
            title={marks.titleOf(group)}
            onClick={() => marks.open(group.value)}
          >
            <th scope="row">
              <button type="button" aria-label={marks.titleOf(group)}>
                {marks.nameOf(group.value)}
              </button>
            </th>
            {bars && (
              <td className="bar-cell">
                <Bar size={marks.sizeOf(group) ?? 0} range={range} />
              </td>
            )}
            <FigureCells figures={group} {...{ added, averaged }} />
          </tr>
        ))}
      </tbody>
      {groups.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">{w.total}</th>
            {bars && <td />}
            <FigureCells figures={total} {...{ added, averaged }} />
          </tr>
        </tfoot>
      )}
    </table>
  )
}

const Bar = ({ size, range: [low, high] }: { size: number; range: readonly [number, number] }) => {
  const scale = whole / (high - low || 1)
  return (
    <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      <rect
        className="bar-mark"
        x={(Math.min(size, 0) - low) * scale}
        width={Math.abs(size) * scale}
        height="16"
      />
    </svg>
  )
}

type CellsProps = { figures: Figures; added: Field | undefined; averaged: boolean }

const FigureCells = ({ figures, added, averaged }: CellsProps) => {
  const locale = useLocale()
  const { sum, average, count } = figures
  const compared = (yes: boolean) => (yes ? 'figure' : 'figure quiet')
  return (
    <>
      {added && <td className={compared(!averaged)}>{sayFigure(added, sum ?? 0, locale)}</td>}
      {added && <td className={compared(averaged)}>{sayFigure(added, average ?? null, locale)}</td>}
      <td className={compared(!added)}>{sayFigure(undefined, count, locale)}</td>
    </>
  )
}

/** Money to the fen, other numbers to two places. */
const sayFigure = (field: Field | undefined, value: number | null, locale: Locale) => {
  if (value === null) return '—'
  const places = field?.kind === 'money' ? 1 : 100
  return sayAmount(field, Math.round(value * places) / places, locale)
}

/** The head of a column of figures says what they are, to the pointer and to the keyboard. */
const Definition = ({ text, children }: { text: string; children: string }) => (
  <th scope="col" className="defined">
    <button type="button" aria-label={`${children}: ${text}`} data-definition={text}>
      {children}
    </button>
  </th>
)
