import type { ListView } from '#platform/views/listView.ts'
import { listWords } from './listWords.ts'
import { useMessages } from './locale.tsx'
import { Select } from './Select.tsx'

type Option = { value: string; label: string }
type Props = {
  view: ListView
  by: string | undefined
  groups: readonly Option[]
  sums: readonly Option[]
}

/** What a board, calendar or chart is made by, and which figure its groups have. */
export const ShapeFields = ({ view, by, groups, sums }: Props) => {
  const w = useMessages(listWords)
  const { kind, sum, figure } = view
  const summed = sums.some(({ value }) => value === sum)
  const measures = sums.flatMap(({ value, label }) => [
    { value: `sum:${value}`, label: `${w.sumOf} ${label}` },
    ...(kind === 'chart' ? [{ value: `average:${value}`, label: `${w.average} ${label}` }] : []),
  ])
  return (
    <>
      <Select
        aria-label={w.groupBy}
        variant="borderless"
        popupMatchSelectWidth={false}
        prefix={w.groupBy}
        options={[...groups]}
        value={by ?? null}
        onChange={(name: string) => view.setShape({ kind, by: name, sum, figure })}
      />
      {kind !== 'calendar' && sums.length > 0 && (
        <Select
          aria-label={w.measure}
          variant="borderless"
          popupMatchSelectWidth={false}
          options={[{ value: '', label: w.countOnly }, ...measures]}
          value={summed ? `${kind === 'chart' ? figure : 'sum'}:${sum}` : ''}
          onChange={(chosen: string) => view.setShape({ kind, by, ...measureOf(chosen) })}
        />
      )}
    </>
  )
}

const measureOf = (chosen: string) => {
  const [figure, sum] = chosen.split(':')
  return { sum, figure: figure === 'average' ? ('average' as const) : ('sum' as const) }
}
