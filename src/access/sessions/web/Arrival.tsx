import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { call } from '#platform/door/client.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { sessionWords } from './messages.ts'

const told = ['code', 'state', 'iss', 'error', 'error_description']

/** What an identity provider sent the browser back with, when it did. */
export const arrived = (): Record<string, string> | undefined => {
  if (window.location.pathname !== '/oidc') return undefined
  const query = new URLSearchParams(window.location.search)
  return Object.fromEntries(
    told.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])),
  )
}

/** Hands the provider's answer in, once, and goes on to the first page. */
export const Arrival = (props: { given: Record<string, string>; onBack: () => void }) => {
  const w = useMessages(sessionWords)
  const say = useFailureWords()
  const { error } = useQuery({
    queryKey: ['arrival', props.given.state],
    queryFn: async () => {
      const body = props.given
      await call('POST', '/session/provider/arrival', { body })
      window.location.replace('/')
      return null
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const back = () => {
    window.history.replaceState(null, '', '/')
    props.onBack()
  }
  if (!error) return <p aria-live="polite">{w.arriving}</p>
  return (
    <>
      <p className="late" role="alert">
        {say(error)}
      </p>
      <p className="doorway-note">
        <Button onClick={back}>{w.back}</Button>
      </p>
    </>
  )
}
