import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { ImportAnswer, Status } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { DaysSetting } from '#ui/DaysSetting.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Select } from '#ui/Select.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { words } from '#ui/words.ts'
import { ImportLine } from './ImportLine.tsx'
import { importWords } from './messages.ts'
import { useImportSettings } from './settings.ts'
import { importsKey, isWorking } from './useImport.ts'

type Asked = { entity?: string | undefined; status?: Status | undefined; by?: number | undefined }
type Props = { importables: readonly Importable[] }

/** What went in before: which file, by whom, when, and what came of it; narrowed where there is much. */
export const Earlier = ({ importables }: Props) => {
  const w = useMessages(importWords)
  const common = useMessages(words)
  const [asked, setAsked] = useState<Asked>({})
  const { data, error, refetch, hasNextPage, fetchNextPage } = useImports(asked)
  if (error && !data) return <Failure failure={error} onRetry={() => refetch()} />
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const narrowed = Object.values(asked).some((value) => value !== undefined)
  return (
    <section className="imports-earlier">
      <h2>{w.earlier}</h2>
      <Kept />
      {(!data || narrowed || items.length > 0) && (
        <Narrowing asked={asked} onAsk={setAsked} importables={importables} />
      )}
      {!data && <SkeletonText lines={4} />}
      {data && items.length === 0 && (
        <p className="quiet">{narrowed ? w.listNone : w.listEmptyText}</p>
      )}
      <ul aria-label={w.earlier}>
        {items.map((item) => (
          <ImportLine key={item.id} item={item} />
        ))}
      </ul>
      {hasNextPage && <Button onClick={() => fetchNextPage()}>{common.next}</Button>}
    </section>
  )
}

const useImports = ({ entity, status, by }: Asked) =>
  useInfiniteQuery({
    queryKey: [...importsKey, entity, status, by],
    queryFn: ({ pageParam, signal }) =>
      call<{ items: ImportAnswer[]; next: string | null }>('GET', '/imports', {
        query: { after: pageParam || undefined, entity, status, created_by: by },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isWorking)) ? 2000 : false,
  })

/** How long files and undo are kept; whoever sees every import says so. */
const Kept = () => {
  const w = useMessages(importWords)
  const { may } = useDirectory()
  const { data, save } = useImportSettings()
  if (!data) return null
  return (
    <div className="imports-kept">
      <p className="quiet">{w.keptFor(data.kept_days)}</p>
      {may('imports.all') && (
        <DaysSetting
          key={data.kept_days}
          label={w.keptDays}
          days={data.kept_days}
          onSave={(kept_days) => save.mutateAsync({ kept_days })}
          saved={w.keptDaysSaved}
        />
      )}
    </div>
  )
}

type NarrowingProps = Props & { asked: Asked; onAsk: (asked: Asked) => void }

const Narrowing = ({ asked, onAsk, importables }: NarrowingProps) => {
  const w = useMessages(importWords)
  const label = useLabel()
  const { may, people } = useDirectory()
  const states: Partial<Record<Status, string>> = {
    ...{ uploaded: w.statusUploaded, checked: w.statusChecked, running: w.running },
    ...{ done: w.statusDone, cancelled: w.statusCancelled, failed: w.statusFailed },
    undone: w.statusUndone,
  }
  return (
    <div className="imports-narrow">
      <Select
        aria-label={w.everyKind}
        placeholder={w.everyKind}
        allowClear
        value={asked.entity}
        options={importables.map(({ entity }) => ({
          value: entity.name,
          label: label(entity.label),
        }))}
        onChange={(entity: string | undefined) => onAsk({ ...asked, entity })}
      />
      <Select
        aria-label={w.everyStatus}
        placeholder={w.everyStatus}
        allowClear
        value={asked.status}
        options={Object.entries(states).map(([value, text]) => ({ value, label: text }))}
        onChange={(status: Status | undefined) => onAsk({ ...asked, status })}
      />
      {may('imports.all') && (
        <Select
          aria-label={w.everybody}
          placeholder={w.everybody}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={asked.by}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(by: number | undefined) => onAsk({ ...asked, by })}
        />
      )}
    </div>
  )
}
