import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
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
  const onError = (problem: unknown) => toast({ tone: 'failed', text: say(problem) })
  const lift = useMutation({
    mutationFn: () => call('DELETE', `/people/${person.id}/lock`),
    onSuccess: () => toast({ text: w.lifted(person.name) }),
    onError,
    onSettled: () => client.invalidateQueries({ queryKey: locksKey }),
  })
  const reset = useMutation({
    mutationFn: () => call('DELETE', `/people/${person.id}/factors`),
    onSuccess: () => toast({ text: w.wasReset(person.name) }),
    onError,
    onSettled: () => setAsking(false),
  })
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
      <Modal
        open={asking}
        title={w.resetTitle(person.name)}
        okText={w.resetOk}
        okButtonProps={{ danger: true }}
        confirmLoading={reset.isPending}
        cancelText={w.cancel}
        width={400}
        onOk={() => reset.mutate()}
        onCancel={() => setAsking(false)}
      >
        <p>{w.resetText}</p>
      </Modal>
    </>
  )
}
