import type { Field } from '#platform/fields/field.ts'
import { useGroups, withinGroup } from '#platform/lists/groupSource.ts'
import type { ListView } from '#platform/views/listView.ts'
import { Failure } from './Failure.tsx'
import type { ShapeProps } from './ListShape.tsx'
import { listWords } from './listWords.ts'
import { useLabel, useLocale, useMessages } from './locale.tsx'
import type { Row } from './recordColumns.ts'
import { sayAmount } from './SumOf.tsx'
import { useGroupName } from './useGroupName.ts'

// Of the 100 that a bar can be long; its figure stands behind it.
const whole = 100

/** A list as bars from zero, biggest first, months in their order; each leads to its rows. */
export const GroupChart = <R extends Row>({ view, by }: ShapeProps<R>) => {
  const field = view.entity.fields[by]
  return field ? <Bars view={view} by={by} field={field} /> : null
}

const Bars = ({ view, by, field }: { view: ListView; by: string; field: Field }) => {
  const w = useMessages(listWords)
  const label = useLabel()
  const locale = useLocale()
  const answer = useGroups(`/${view.entity.plural}`, view.query, by, view.sum)
  const nameOf = useGroupName(field)
  const added = view.sum === undefined ? undefined : view.entity.fields[view.sum]
  if (answer.isError) return <Failure failure={answer.error} onRetry={() => answer.refetch()} />
  const isTime = field.kind === 'date' || field.kind === 'dateTime'
  const found = answer.data?.groups ?? []
  const groups = isTime
    ? found.toSorted((a, b) => String(a.value ?? '').localeCompare(String(b.value ?? '')))
    : found
  const sizeOf = (group: (typeof groups)[number]) => (added ? (group.sum ?? 0) : group.count)
  const most = Math.max(1, ...groups.map(sizeOf))
  return (
    <figure className="group-chart">
      <figcaption>{w.chartOf(label(field.label))}</figcaption>
      <ul>
        {groups.map((group) => (
          <li key={String(group.value)}>
            <button
              type="button"
              title={w.openGroup(label(field.label), nameOf(group.value))}
              onClick={() => view.openPlain(withinGroup(view.query, by, field, group.value))}
            >
              <span className="group-name">{nameOf(group.value)}</span>
              <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
                <rect
                  className="bar-mark"
                  width={(Math.max(sizeOf(group), 0) / most) * whole}
                  height="16"
                />
              </svg>
              <span className="figure">{sayAmount(added, sizeOf(group), locale)}</span>
            </button>
          </li>
        ))}
      </ul>
      {answer.data && groups.length === 0 && <p className="quiet">{w.nothingHere}</p>}
      {answer.data?.more && <p className="quiet">{w.more}</p>}
    </figure>
  )
}
