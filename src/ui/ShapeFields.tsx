import { Select } from 'antd'
import type { ListView } from '#platform/views/listView.ts'
import { listWords } from './listWords.ts'
import { useMessages } from './locale.tsx'

type Option = { value: string; label: string }
type Props = {
  view: ListView
  by: string | undefined
  groups: readonly Option[]
  sums: readonly Option[]
}

/** What a board, calendar or chart is made by, and what its groups add up. */
export const ShapeFields = ({ view, by, groups, sums }: Props) => {
  const w = useMessages(listWords)
  const { kind } = view
  return (
    <>
      <Select
        aria-label={w.groupBy}
        variant="borderless"
        popupMatchSelectWidth={false}
        prefix={w.groupBy}
        options={[...groups]}
        value={by ?? null}
        onChange={(name: string) => view.setShape({ kind, by: name, sum: view.sum })}
      />
      {kind !== 'calendar' && sums.length > 0 && (
        <Select
          aria-label={w.sumOf}
          variant="borderless"
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: w.countOnly },
            ...sums.map((each) => ({ ...each, label: `${w.sumOf} ${each.label}` })),
          ]}
          value={view.sum ?? ''}
          onChange={(name: string) => view.setShape({ kind, by, sum: name || undefined })}
        />
      )}
    </>
  )
}
