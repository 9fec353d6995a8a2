import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { useDirectory } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { Radios } from '#ui/Radios.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { words } from '#ui/words.ts'
import { DropZone } from './DropZone.tsx'
import { Exports } from './Exports.tsx'
import { ImportLine } from './ImportLine.tsx'
import { KeptMappings } from './KeptMappings.tsx'
import { importWords } from './messages.ts'
import { importsKey, isWorking } from './useImport.ts'
import './imports.css'

type Props = { importables: readonly Importable[] }

/** Where a table goes in, and what went in before. */
export const ImportList = ({ importables }: Props) => {
  const w = useMessages(importWords)
  const label = useLabel()
  const { may } = useDirectory()
  const mine = importables.filter(({ entity }) => may(`${entity.plural}.import`))
  const asked: { kind?: string } = useSearch({ strict: false })
  const wanted = mine.find(({ entity }) => entity.plural === asked.kind) ?? mine[0]
  const [chosen, setChosen] = useState(wanted?.entity.name)
  const current = mine.find(({ entity }) => entity.name === chosen)
  const title = w.title(current ? label(current.entity.label) : '')
  usePageTitle(title)
  if (!current) return <Empty drawing="door" title={w.noRightTitle} text={w.noRightText} />
  return (
    <div className="imports">
      <header className="imports-head">
        <h1>{title}</h1>
        <p className="quiet">{w.lead}</p>
      </header>
      {mine.length > 1 && (
        <PlainField label={w.what}>
          {({ id }) => (
            <Radios
              id={id}
              value={chosen ?? null}
              onChange={setChosen}
              choices={mine.map(({ entity }) => ({
                value: entity.name,
                label: label(entity.label),
              }))}
            />
          )}
        </PlainField>
      )}
      <DropZone importable={current} />
      <KeptMappings entity={current.entity.name} />
      <Earlier />
      <Exports />
    </div>
  )
}

const Earlier = () => {
  const w = useMessages(importWords)
  const common = useMessages(words)
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: importsKey,
    queryFn: ({ pageParam, signal }) =>
      call<{ items: ImportAnswer[]; next: string | null }>('GET', '/imports', {
        query: { after: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isWorking)) ? 2000 : false,
  })
  if (error && !data) return <Failure failure={error} onRetry={() => refetch()} />
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="imports-earlier">
      <h2>{w.earlier}</h2>
      {!data && <SkeletonText lines={4} />}
      {data && items.length === 0 && <p className="quiet">{w.listEmptyText}</p>}
      <ul>
        {items.map((item) => (
          <ImportLine key={item.id} item={item} />
        ))}
      </ul>
      {hasNextPage && <Button onClick={() => fetchNextPage()}>{common.next}</Button>}
    </section>
  )
}
