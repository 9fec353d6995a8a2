import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useRef } from 'react'
import type { people } from '#access/people/contract.ts'
import type { setup } from '#access/setup/contract.ts'
import type { customFields } from '#platform/customFields/contract.ts'
import { ApiProblem, call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import { takeDefinitions } from '#platform/fields/definition.ts'
import { Failure } from '#ui/Failure.tsx'
import { Shell } from './Shell.tsx'

export type Me = OutputOf<typeof people.me>

const SignIn = lazy(() =>
  import('#access/sessions/web/SignIn.tsx').then((module) => ({ default: module.SignIn })),
)
const SignInAgain = lazy(() =>
  import('#access/sessions/web/SignIn.tsx').then((module) => ({ default: module.SignInAgain })),
)
const SetupPage = lazy(() =>
  import('#access/setup/web/SetupPage.tsx').then((module) => ({ default: module.SetupPage })),
)

/** Who is there: the application for those signed in, else the sign-in or, once, the set-up page. */
export const SessionGate = ({ children }: { children: ReactNode }) => {
  const client = useQueryClient()
  const me = useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => enterWithFields(signal).catch(nobody),
    staleTime: 5 * 60_000,
    // The day changes under a page that stays open.
    refetchInterval: 10 * 60_000,
  })
  /** The same person goes on where the page stands; anybody else begins afresh. */
  const enterAgain = (before: Me) => async () => {
    const now = await enterWithFields()
    if (now.id !== before.id) window.location.assign('/')
    await client.invalidateQueries()
  }
  const outside = me.data === null
  const needed = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => call<OutputOf<typeof setup.needed>>('GET', '/setup', { signal }),
    enabled: outside,
  })
  const enter = async () => {
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' })
    await client.resetQueries({ queryKey: ['me'] })
  }
  const known = useRef<Me>(undefined)
  if (me.data) known.current = me.data
  if (known.current)
    return (
      <>
        <Shell me={known.current}>{children}</Shell>
        <Suspense>{outside && <SignInAgain onDone={enterAgain(known.current)} />}</Suspense>
      </>
    )
  if (outside && needed.data)
    return (
      <Suspense>
        {needed.data.needed ? (
          <SetupPage templates={needed.data.templates} onDone={enter} />
        ) : (
          <SignIn onDone={enter} />
        )}
      </Suspense>
    )
  const failure = outside ? needed.error : me.error
  if (!failure) return null
  return <Failure failure={failure} onRetry={() => (outside ? needed : me).refetch()} />
}

/** Who is there, and the fields that administrators added: no page reads its fields before them. */
const enterWithFields = async (signal?: AbortSignal) => {
  const asked = { ...(signal && { signal }) }
  const [me, shaped] = await Promise.all([
    call<Me>('GET', '/me', asked),
    call<OutputOf<typeof customFields.list>>('GET', '/fields', asked),
  ])
  takeDefinitions(shaped)
  return me
}

/** Not being signed in is an answer, not a failure: what is typed at the door survives asking again. */
const nobody = (problem: unknown) => {
  if (problem instanceof ApiProblem && problem.status === 401) return null
  throw problem
}
