import { Button } from 'antd'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { useClock } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { fullInstant, sayInstant } from '#ui/time.ts'
import { type Session, useSessionEnd, useSessions } from './account.ts'
import { accountWords } from './accountWords.ts'
import { Section } from './Section.tsx'

/** Where this person is signed in, and the way out of each. */
export const Sessions = () => {
  const w = useMessages(accountWords)
  const { data } = useSessions()
  const [asking, setAsking] = useState(false)
  return (
    <Section title={w.sessions}>
      <ul className="account-list">
        {data?.items.map((each) => (
          <Line key={each.id} session={each} />
        ))}
      </ul>
      <p className="account-actions">
        <Button onClick={() => setAsking(true)}>{w.endAll}</Button>
      </p>
      {asking && (
        <Confirm
          title={w.endAll}
          text={w.endAllText}
          ok={w.endAllOk}
          danger
          act={async () => {
            await call('DELETE', '/sessions')
            window.location.assign('/')
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  )
}

const Line = ({ session }: { session: Session }) => {
  const w = useMessages(accountWords)
  const clock = useClock()
  const toast = useToast()
  const say = useFailureWords()
  const end = useSessionEnd()
  const device = session.device || w.unknownDevice
  const run = () =>
    end.mutate(session.id, {
      onSuccess: () => toast({ text: w.ended(device) }),
      onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
    })
  return (
    <li>
      <span>
        {device}
        <Parts
          className="quiet"
          of={[
            session.address,
            session.current ? (
              w.here
            ) : (
              <time
                key="seen"
                dateTime={session.last_seen_at}
                title={fullInstant(session.last_seen_at, clock)}
              >
                {sayInstant(session.last_seen_at, clock)}
              </time>
            ),
          ]}
        />
      </span>
      {!session.current && (
        <Button type="text" loading={end.isPending} onClick={run} aria-label={w.endWhat(device)}>
          {w.end}
        </Button>
      )}
    </li>
  )
}
