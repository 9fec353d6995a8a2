import { address } from '#platform/door/client.ts'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import { Anchor } from '#ui/Anchor.tsx'
import { nameOf, useClock, useDirectory } from '#ui/directory.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { sayNumber } from '#ui/numbers.ts'
import { Parts } from '#ui/Parts.tsx'
import { fullInstant, sayInstant } from '#ui/time.ts'
import { importWords } from './messages.ts'

/** An earlier import: which file, when, by whom, and what came of it. */
export const ImportLine = ({ item }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const clock = useClock()
  const { people, me } = useDirectory()
  const by =
    item.created_by !== null && item.created_by !== me.id ? nameOf(people, item.created_by) : null
  return (
    <li className="import-line">
      <Anchor className="row-link" href={`/settings/imports/${item.id}`} title={item.file_name}>
        {item.file_name}
      </Anchor>
      <span className="import-came">
        <Came item={item} />
      </span>
      <span className="import-files">
        {item.swept_at !== null && <span className="quiet">{w.sweptShort}</span>}
        {item.swept_at === null && (
          <a href={address(`/imports/${item.id}/file`)} download title={item.file_name}>
            {w.original}
          </a>
        )}
        {item.swept_at === null && item.counts.failed > 0 && (
          <a href={address(`/imports/${item.id}/failures`)} download>
            {w.failedFile}
          </a>
        )}
      </span>
      <time dateTime={item.created_at} title={fullInstant(item.created_at, clock)}>
        <Parts of={[by && w.by(by), sayInstant(item.created_at, clock)]} />
      </time>
    </li>
  )
}

const Came = ({ item }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const { counts, status } = item
  if (status === 'uploaded') return <span className="soon">{w.statusUploaded}</span>
  if (status === 'checked') return <span className="soon">{w.statusChecked}</span>
  if (status === 'checking') return <span>{w.checking}</span>
  const head = {
    running: w.running,
    cancelled: w.statusCancelled,
    failed: w.statusFailed,
    done: undefined,
    undoing: w.undoing,
    undone: w.statusUndone,
  }[status]
  const number = (word: string, count: number) =>
    count > 0 && w.count(word, sayNumber(count, locale))
  return (
    <Parts
      of={[
        head,
        number(w.created, counts.created),
        number(w.updated, counts.updated),
        number(w.skipped, counts.skipped),
        counts.failed > 0 && (
          <span className="late">{w.count(w.failed, sayNumber(counts.failed, locale))}</span>
        ),
      ]}
    />
  )
}
