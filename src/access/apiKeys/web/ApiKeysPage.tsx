import { Button } from 'antd'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { Confirm } from '#ui/Confirm.tsx'
import { useClock } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { dayOf, fullDay, sayInstant } from '#ui/time.ts'
import { useFocusKept } from '#ui/useFocusKept.ts'
import { type ApiKey, useApiKeys, useApiKeyWrites } from './apiKeys.ts'
import { apiKeyWords } from './messages.ts'
import { NewKey } from './NewKey.tsx'
import './apiKeys.css'

/** The keys that programs use in this person's name. */
export const ApiKeysPage = () => {
  const w = useMessages(apiKeyWords)
  const { data, error, refetch } = useApiKeys()
  const [making, setMaking] = useState(false)
  const kept = useFocusKept()
  usePageTitle(w.keys)
  if (error && !data) return <Failure failure={error} onRetry={() => refetch()} />
  const add = (
    <Button type="primary" icon={<KeyRound />} onClick={() => setMaking(true)}>
      {w.add}
    </Button>
  )
  return (
    <div {...kept} className="page-body keys">
      <div className="keys-head">
        <p className="quiet">
          {w.lead}{' '}
          <a href="/api/openapi.json" target="_blank" rel="noopener">
            {w.guide}
          </a>
        </p>
        {data && data.items.length > 0 && add}
      </div>
      {!data && <SkeletonText lines={4} />}
      {data?.items.length === 0 && (
        <Empty drawing="door" title={w.emptyTitle} text={w.emptyText} action={add} />
      )}
      <ul>
        {data?.items.map((key) => (
          <Line key={key.id} item={key} />
        ))}
      </ul>
      {making && <NewKey onClose={() => setMaking(false)} />}
    </div>
  )
}

const Line = ({ item }: { item: ApiKey }) => {
  const w = useMessages(apiKeyWords)
  const clock = useClock()
  const [asking, setAsking] = useState(false)
  const name = item.name ?? w.unnamed
  const ends = item.expires_at
  const over = ends !== null && Date.parse(ends) < clock.now.getTime()
  return (
    <li className="key-line">
      <span className="key-words">
        <span>{name}</span>
        <Parts
          className="lead-line"
          of={[
            item.start && <code key="start">{item.start}…</code>,
            w.created(sayInstant(item.created_at, clock)),
            item.last_used_at ? `${w.lastUsed} ${sayInstant(item.last_used_at, clock)}` : w.never,
            ends &&
              (over ? (
                <span className="late">{w.expired}</span>
              ) : (
                w.until(fullDay(dayOf(new Date(ends), clock.timeZone), clock.locale))
              )),
          ]}
        />
      </span>
      <Button onClick={() => setAsking(true)}>{w.revoke}</Button>
      {asking && <Revoke item={item} name={name} onClose={() => setAsking(false)} />}
    </li>
  )
}

const Revoke = (props: { item: ApiKey; name: string; onClose: () => void }) => {
  const w = useMessages(apiKeyWords)
  const toast = useToast()
  const { revoke } = useApiKeyWrites()
  return (
    <Confirm
      title={w.revokeTitle(props.name)}
      text={w.revokeText}
      ok={w.revoke}
      stay={w.keep}
      danger
      act={async () => {
        await revoke.mutateAsync(props.item.id)
        toast({ text: w.revoked(props.name) })
      }}
      onClose={props.onClose}
    />
  )
}
