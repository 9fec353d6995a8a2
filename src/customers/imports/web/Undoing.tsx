import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { ImportAnswer, UndoPlan } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { Anchor } from '#ui/Anchor.tsx'
import { Confirm } from '#ui/Confirm.tsx'
import { nameOf, useClock, useDirectory } from '#ui/directory.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useLabel, useLocale, useMessages } from '#ui/locale.tsx'
import { sayNumber } from '#ui/numbers.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { sayInstant } from '#ui/time.ts'
import { useReasons } from '#ui/useReasons.ts'
import { Bar } from './Bar.tsx'
import { importWords } from './messages.ts'
import { importKey, useImportActions } from './useImport.ts'

type Props = { item: ImportAnswer; importable: Importable }

/** What undoing would take back and what not, told before it is done; then how far it is and what came of it. */
export const Undoing = ({ item, importable }: Props) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const [asked, setAsked] = useState(false)
  const { status, undo, counts } = item
  const ended = status === 'done' || status === 'cancelled' || status === 'failed'
  if (status === 'undoing' && undo) {
    const gone = undo.done + undo.kept
    return (
      <section className="imports-part" aria-live="polite">
        <p className="quiet">
          {w.undoSoFar(sayNumber(gone, locale), sayNumber(undo.total, locale))}
        </p>
        <Bar share={undo.total > 0 ? gone / undo.total : undefined} label={w.undoing} />
      </section>
    )
  }
  if (status === 'undone') return <Plan item={item} importable={importable} />
  if (!ended || counts.created + counts.updated === 0) return null
  return (
    <section className="imports-part">
      <h2>{w.undoTitle}</h2>
      <p className="quiet">{w.undoLead}</p>
      {asked ? (
        <Plan item={item} importable={importable} />
      ) : (
        <p>
          <Button icon={<Undo2 />} onClick={() => setAsked(true)}>
            {w.undoLook}
          </Button>
        </p>
      )}
    </section>
  )
}

const Plan = ({ item, importable }: Props) => {
  const w = useMessages(importWords)
  const say = useReasons()
  const locale = useLocale()
  const { data, error, refetch } = useQuery({
    queryKey: [...importKey(item.id), 'undo', item.version],
    queryFn: ({ signal }) => call<UndoPlan>('GET', `/imports/${item.id}/undo`, { signal }),
  })
  if (error) return <Failure failure={error} onRetry={() => refetch()} />
  if (!data) return <SkeletonText lines={3} />
  const kept = data.total - data.undoable
  return (
    <>
      <Records plan={data} importable={importable} />
      {kept > 0 && (
        <div className="undo-kept">
          <p>{w.undoKept(sayNumber(kept, locale))}</p>
          <ul>
            {data.reasons.map(({ reason, count }) => (
              <li key={reason}>
                <span className="figure">{sayNumber(count, locale)}</span>
                {say({ reason })}
              </li>
            ))}
          </ul>
          <Examples plan={data} />
        </div>
      )}
      {item.status === 'undone' ? <By item={item} /> : <Act item={item} plan={data} />}
    </>
  )
}

const Records = ({ plan, importable }: { plan: UndoPlan; importable: Importable }) => {
  const w = useMessages(importWords)
  const label = useLabel()
  const locale = useLocale()
  const nameOfKind = (name: string) =>
    label(
      [importable.entity, importable.beside].find((each) => each?.name === name)?.label ?? files,
    )
  return (
    <ul className="undo-records">
      {plan.records
        .filter(({ count, kept }) => count > kept)
        .map(({ entity, created, count, kept }) => (
          <li key={`${entity} ${created}`}>
            {(created ? w.undoMade : w.undoChanged)(
              sayNumber(count - kept, locale),
              nameOfKind(entity),
            )}
          </li>
        ))}
    </ul>
  )
}

const files = { zh: '附件', en: 'File' }

const Examples = ({ plan }: { plan: UndoPlan }) => {
  const w = useMessages(importWords)
  const say = useReasons()
  if (plan.examples.length === 0) return null
  return (
    <details>
      <summary>{w.undoExamples}</summary>
      <ul>
        {plan.examples.map(({ id, customer_id, title, reason }) => (
          <li key={id}>
            <Anchor href={`/customers/${customer_id}`}>{title}</Anchor>
            <span className="quiet">{say({ reason })}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

const Act = ({ item, plan }: { item: ImportAnswer; plan: UndoPlan }) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const { undo } = useImportActions(item.id)
  const [asking, setAsking] = useState(false)
  if (plan.undoable === 0) return <p className="soon">{w.undoNone}</p>
  const count = sayNumber(plan.undoable, locale)
  return (
    <>
      <Button danger onClick={() => setAsking(true)}>
        {w.undoRun(count)}
      </Button>
      {asking && (
        <Confirm
          title={w.undoAsk(count)}
          text={w.undoFinal}
          ok={w.undoRun(count)}
          danger
          act={undo}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

const By = ({ item: { undo } }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const clock = useClock()
  const { people } = useDirectory()
  if (!undo) return null
  return (
    <p className="quiet">
      {w.undoneBy((undo.by !== null && nameOf(people, undo.by)) || '', sayInstant(undo.at, clock))}
    </p>
  )
}
