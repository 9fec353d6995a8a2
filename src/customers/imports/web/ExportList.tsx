import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { call } from '#platform/door/client.ts'
import type { ExportRun } from '#platform/exports/contract.ts'
import { useDirectory } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { words } from '#ui/words.ts'
import { ExportLine } from './ExportLine.tsx'
import { ExportSettings } from './ExportSettings.tsx'
import { importWords } from './messages.ts'
import { useExportSettings } from './settings.ts'
import './imports.css'

/** The files that were made in the background: how far they are, and for as long as they are kept. */
export const ExportList = () => {
  const w = useMessages(importWords)
  const common = useMessages(words)
  const { may } = useDirectory()
  const { data: settings, save } = useExportSettings()
  const { data, error, refetch, hasNextPage, fetchNextPage } = useExports()
  usePageTitle(w.exports)
  if (error && !data) return <Failure failure={error} onRetry={() => refetch()} />
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="imports">
      <header className="imports-head">
        <h2>{w.exports}</h2>
        <p className="quiet">{settings && w.exportsLead(settings.kept_days)}</p>
      </header>
      {settings && may('exports.all') && (
        <ExportSettings key={JSON.stringify(settings)} settings={settings} save={save} />
      )}
      {!data && <SkeletonText lines={4} />}
      {data && items.length === 0 && (
        <Empty drawing="desk" title={w.exportsNone} text={w.exportsNoneText} />
      )}
      <ul className="import-lines" aria-label={w.exports}>
        {items.map((item) => (
          <ExportLine key={item.id} item={item} onChange={() => void refetch()} />
        ))}
      </ul>
      {hasNextPage && <Button onClick={() => fetchNextPage()}>{common.next}</Button>}
    </div>
  )
}

const useExports = () =>
  useInfiniteQuery({
    queryKey: ['exports'],
    queryFn: ({ pageParam, signal }) =>
      call<{ items: ExportRun[]; next: string | null }>('GET', '/exports', {
        query: { after: pageParam || undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'running'))
        ? 1500
        : false,
  })
