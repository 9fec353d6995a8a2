import { Button } from 'antd'
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

/** A file that was made in the background, for whoever asked for it, as long as it is kept. */
export const ExportLine = ({ item, onChange }: { item: ExportRun; onChange: () => void }) => {
  const w = useMessages(importWords)
  const e = useMessages(exportWords)
  const clock = useClock()
  const { people, me } = useDirectory()
  const own = item.created_by === me.id
  const by = own || item.created_by === null ? undefined : nameOf(people, item.created_by)
  return (
    <li className="import-line">
      <span className="import-name" title={item.file_name}>
        {item.file_name}
      </span>
      <span className="import-came">
        <Came item={item} />
      </span>
      {item.status === 'done' && own && !item.withheld && (
        <a
          className="import-files"
          href={fileAddress(item)}
          download={item.file_name}
          aria-label={`${w.download} ${item.file_name}`}
        >
          {w.download}
        </a>
      )}
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
    case 'done': {
      const { withheld: reason, expires_at: until } = item
      const stands = reason ? say({ reason }) : until && w.exportUntil(sayInstant(until, clock))
      return <Parts of={[w.exported(number(item.done)), stands]} />
    }
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
