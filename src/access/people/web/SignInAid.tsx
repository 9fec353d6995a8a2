import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { useClock } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { sayClock } from '#ui/time.ts'
import { aidWords } from './aidWords.ts'
import type { Person } from './people.ts'
import './aid.css'

const locksKey = ['sign-in-locks'] as const

/** For somebody who cannot get in: lifts the lock, or takes away the codes of a lost phone. */
export const SignInAid = ({ person }: { person: Person }) => {
  const w = useMessages(aidWords)
  const clock = useClock()
  const toast = useToast()
  const say = useFailureWords()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { data } = useQuery({
    queryKey: locksKey,
    queryFn: ({ signal }) =>
      call<{ items: { id: number; until: string }[] }>('GET', '/sign-in-locks', { signal }),
  })
  const lock = data?.items.find(({ id }) => id === person.id)
  const lift = useMutation({
    mutationFn: () => call('DELETE', `/people/${person.id}/lock`),
    onSuccess: () => toast({ text: w.lifted(person.name) }),
    onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
    onSettled: () => client.invalidateQueries({ queryKey: locksKey }),
  })
  const reset = async () => {
    await call('DELETE', `/people/${person.id}/factors`)
    toast({ text: w.wasReset(person.name) })
  }
  return (
    <>
      {lock && (
        <p className="form-aside">
          <span className="late">{w.locked(sayClock(lock.until, clock))}</span>{' '}
          <Button loading={lift.isPending} onClick={() => lift.mutate()}>
            {w.lift}
          </Button>
        </p>
      )}
      <p className="form-aside">
        <Button onClick={() => setAsking(true)}>{w.reset}</Button>
      </p>
      {asking && (
        <Confirm
          title={w.resetTitle(person.name)}
          text={w.resetText}
          ok={w.resetOk}
          danger
          act={reset}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
