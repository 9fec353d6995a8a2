import { Button } from 'antd'
import { FileDown } from 'lucide-react'
import { ApiProblem, address } from '#platform/door/client.ts'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { tableRefusals } from '#platform/tables/refusals.ts'
import { useTravel } from '#ui/Anchor.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useLabel, useLocale, useMarks, useMessages } from '#ui/locale.tsx'
import { sayNumber } from '#ui/numbers.ts'
import { Balance } from './Balance.tsx'
import { importWords } from './messages.ts'
import { leftOut } from './needs.ts'
import { Problems } from './Problems.tsx'
import { Undoing } from './Undoing.tsx'
import { Unread } from './Unread.tsx'
import { useImportActions } from './useImport.ts'

type Props = { item: ImportAnswer; importable: Importable; onChange: () => void }

/** What a check would do or a run has done, in numbers, with what to do next. */
export const Outcome = (props: Props) => {
  const { item } = props
  const w = useMessages(importWords)
  const locale = useLocale()
  const { counts, status } = item
  const number = (value: number) => sayNumber(value, locale)
  return (
    <>
      <section className="imports-part">
        <h2>{useHeadline(item)}</h2>
        {status === 'failed' && <WhyFailed item={item} />}
        <Balance counts={counts} />
        {counts.warned > 0 && (
          <p className="soon imports-note">{w.warned(number(counts.warned))}</p>
        )}
        <LeftOut item={item} />
        <Archive item={item} />
        <footer className="imports-foot">
          <Next {...props} />
        </footer>
      </section>
      {status === 'checked' && item.counts.failed > 0 && <Unread {...props} />}
      <Undoing item={item} importable={props.importable} />
      {counts.failed + counts.warned + counts.skipped > 0 && (
        <section className="imports-part">
          <h2>{w.problems}</h2>
          {counts.failed > 0 && <Failures item={item} />}
          <Problems item={item} />
        </section>
      )}
    </>
  )
}

export const useHeadline = ({ status, counts, undo }: ImportAnswer) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const written = counts.created + counts.updated
  const count = sayNumber(written, locale)
  if (status === 'checked') return written > 0 ? w.wouldMake(count) : w.wouldMakeNone
  if (status === 'done') return written > 0 ? w.done(count) : w.doneNone
  if (status === 'cancelled') return w.stopped(count)
  if (status === 'undoing') return w.undoing
  if (status === 'uploaded') return w.neverRun
  if (status === 'undone') return w.undone(sayNumber(undo?.done ?? 0, locale))
  return w.failedTitle
}

/** Why the whole import ended, with the remedy. */
const WhyFailed = ({ item }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const say = useFailureWords(tableRefusals)
  const { counts, facts = {} } = item
  const written = counts.created + counts.updated
  return (
    <p className="form-trouble" role="alert">
      {say(new ApiProblem(0, { reason: item.reason ?? 'fault', facts }))}
      {written > 0 && <span>{w.failedKept(sayNumber(written, locale))}</span>}
    </p>
  )
}

const Next = ({ item, importable, onChange }: Props) => {
  const w = useMessages(importWords)
  const label = useLabel()
  const locale = useLocale()
  const { go } = useTravel()
  const { run, check } = useImportActions(item.id)
  const { entity } = importable
  const written = item.counts.created + item.counts.updated
  const see = (
    <Button
      type={item.status === 'done' ? 'primary' : 'default'}
      onClick={() => go(`/${entity.plural}?sort=-updated_at`)}
    >
      {w.see(label(entity.label))}
    </Button>
  )
  const change = <Button onClick={onChange}>{w.change}</Button>
  switch (item.status) {
    case 'checked':
      return (
        <>
          {written > 0 && (
            <Button
              type="primary"
              size="large"
              loading={run.isPending}
              onClick={() => run.mutate()}
            >
              {w.run(sayNumber(written, locale))}
            </Button>
          )}
          {change}
        </>
      )
    case 'undoing':
      return null
    case 'undone':
      return <Button onClick={() => go('/settings/imports')}>{w.again}</Button>
    case 'done':
      return (
        <>
          {written > 0 && see}
          <Button onClick={() => go('/settings/imports')}>{w.again}</Button>
        </>
      )
    default:
      return (
        <>
          <Button type="primary" loading={check.isPending} onClick={() => check.mutate()}>
            {w.checkAgain}
          </Button>
          {change}
          {written > 0 && see}
        </>
      )
  }
}

/** The columns that go nowhere, said before anything is written, so that nothing is lost unseen. */
const LeftOut = ({ item: { status, header, mapping } }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const columns = leftOut(header, mapping)
  if (columns.length === 0 || status === 'undoing' || status === 'undone') return null
  return (
    <p className="soon imports-note">
      {w.columnsLeftOut(sayNumber(columns.length, locale), columns.join(w.between))}
    </p>
  )
}

/** The files that came along, and those that nobody asked for. */
const Archive = ({ item: { archive } }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const { listed } = useMarks()
  if (!archive) return null
  return (
    <p className="quiet imports-note">
      {w.filesIn(sayNumber(archive.files, locale))}
      {archive.unused_count > 0 && (
        <>
          {w.filesUnused(sayNumber(archive.unused_count, locale))}
          {listed(archive.unused)}
        </>
      )}
    </p>
  )
}

const Failures = ({ item }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const format = item.format === 'csv' ? 'csv' : 'xlsx'
  return (
    <p className="failures">
      <a href={address(`/imports/${item.id}/failures`, { format })} download>
        <FileDown />
        {w.failures(sayNumber(item.counts.failed, locale))}
      </a>
      <span className="quiet">{w.failuresHelp}</span>
    </p>
  )
}
