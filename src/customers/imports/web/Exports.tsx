import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { call } from '#platform/door/client.ts'
import type { ExportRun } from '#platform/exports/contract.ts'
import { cancelExport, fileAddress } from '#platform/exports/start.ts'
import { nameOf, useClock, useDirectory } from '#ui/directory.tsx'
import { exportWords } from '#ui/exportWords.ts'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { sayNumber } from '#ui/numbers.ts'
import { Parts } from '#ui/Parts.tsx'
import { fullInstant, sayInstant } from '#ui/time.ts'
import { useReasons } from '#ui/useReasons.ts'
import { importWords } from './messages.ts'

const key = ['exports'] as const

/** The files that were made in the background: how far they are, and for as long as they are kept. */
export const Exports = () => {
  const w = useMessages(importWords)
  const { data, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call<{ items: ExportRun[] }>('GET', '/exports', { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => status === 'running') ? 1500 : false,
  })
  if (!data || data.items.length === 0) return null
  return (
    <section className="imports-earlier">
      <h2>{w.exports}</h2>
      <ul>
        {data.items.map((item) => (
          <Line key={item.id} item={item} onChange={() => void refetch()} />
        ))}
      </ul>
    </section>
  )
}

const Line = ({ item, onChange }: { item: ExportRun; onChange: () => void }) => {
  const w = useMessages(importWords)
  const e = useMessages(exportWords)
  const clock = useClock()
  const { people, me } = useDirectory()
  const own = item.created_by === me.id
  const by = own || item.created_by === null ? undefined : nameOf(people, item.created_by)
  return (
    <li className="import-line">
      {item.status === 'done' && own ? (
        <a className="row-link" href={fileAddress(item)} download={item.file_name}>
          {item.file_name}
        </a>
      ) : (
        <span>{item.file_name}</span>
      )}
      <span className="import-came">
        <Came item={item} />
      </span>
      {item.status === 'running' && (
        <Button size="small" onClick={() => void cancelExport(item).then(onChange)}>
          {e.stop}
        </Button>
      )}
      <time dateTime={item.created_at} title={fullInstant(item.created_at, clock)}>
        <Parts of={[by && w.exportedBy(by), sayInstant(item.created_at, clock)]} />
      </time>
    </li>
  )
}

const Came = ({ item }: { item: ExportRun }) => {
  const w = useMessages(importWords)
  const e = useMessages(exportWords)
  const say = useReasons()
  const locale = useLocale()
  const clock = useClock()
  const number = (value: number) => sayNumber(value, locale)
  switch (item.status) {
    case 'running':
      return <span>{e.working(number(item.done), number(item.total))}</span>
    case 'done':
      return (
        <Parts
          of={[
            w.exported(number(item.done)),
            item.expires_at && w.exportUntil(sayInstant(item.expires_at, clock)),
          ]}
        />
      )
    case 'failed':
      return <span className="late">{say({ reason: item.reason ?? 'fault' })}</span>
    default:
      return (
        <span className="quiet">
          {item.status === 'expired' ? w.exportGone : w.statusCancelled}
        </span>
      )
  }
}
