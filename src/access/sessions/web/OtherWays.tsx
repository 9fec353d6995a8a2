import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Fingerprint, LogIn } from 'lucide-react'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import { answerByPasskey, passkeysWork } from '#platform/door/passkey.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import type { sessions } from '../contract.ts'
import { sessionWords } from './messages.ts'

/** By passkey where the browser can, by the organisation's own provider where there is one. */
export const OtherWays = ({ onDone, away }: { onDone: () => Promise<void>; away?: true }) => {
  const w = useMessages(sessionWords)
  const say = useFailureWords()
  const ways = useQuery({
    queryKey: ['session-ways'],
    queryFn: ({ signal }) =>
      call<OutputOf<typeof sessions.ways>>('GET', '/session/ways', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const byPasskey = useMutation({
    mutationFn: async () => {
      const path = '/session/passkey/challenge'
      const { options } = await call<OutputOf<typeof sessions.offerPasskey>>('POST', path)
      await call('POST', '/session/passkey', { body: { response: await answerByPasskey(options) } })
    },
    onSuccess: onDone,
  })
  const depart = useMutation({
    mutationFn: () => call<OutputOf<typeof sessions.depart>>('POST', '/session/provider'),
    onSuccess: ({ url }) => window.location.assign(url),
  })
  const problem = byPasskey.error ?? depart.error
  return (
    <>
      {passkeysWork() && (
        <Button
          block
          size="large"
          icon={<Fingerprint />}
          loading={byPasskey.isPending}
          onClick={() => byPasskey.mutate()}
        >
          {w.byPasskey}
        </Button>
      )}
      {away && ways.data?.provider && (
        <Button
          block
          size="large"
          icon={<LogIn />}
          loading={depart.isPending || depart.isSuccess}
          onClick={() => depart.mutate()}
        >
          {w.byProvider(ways.data.provider.name)}
        </Button>
      )}
      {problem && (
        <p className="doorway-note late" role="alert">
          {say(problem)}
        </p>
      )}
    </>
  )
}
