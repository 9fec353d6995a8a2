import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { call } from '#platform/door/client.ts'
import { Anchor } from '#ui/Anchor.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import type { Explanation } from '../contract.ts'
import { AccessView } from './AccessView.tsx'
import { explainedWords } from './messages.ts'

/** What one person sees and may do, for who manages people. */
export const PersonAccessPage = () => {
  const w = useMessages(explainedWords)
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const asked = useExplanation(`/people/${id}/access`)
  const title = asked.data ? w.title(asked.data.person.name) : ''
  usePageTitle(title)
  return (
    <div className="settings-body access">
      <div>
        <Anchor className="back" href="/settings/people">
          <ChevronLeft />
          {w.people}
        </Anchor>
        <h2>{title}</h2>
        <p className="quiet">{w.lead}</p>
      </div>
      <Told asked={asked} />
    </div>
  )
}

/** The same for oneself. */
export const MyAccessPage = () => {
  const w = useMessages(explainedWords)
  const asked = useExplanation('/me/access')
  usePageTitle(w.mine)
  return (
    <div className="settings-body access">
      <div>
        <h2>{w.mine}</h2>
        <p className="quiet">{w.lead}</p>
      </div>
      <Told asked={asked} />
    </div>
  )
}

const useExplanation = (path: string) =>
  useQuery({
    queryKey: ['access', path],
    queryFn: ({ signal }) => call<Explanation>('GET', path, { signal }),
  })

const Told = ({ asked }: { asked: ReturnType<typeof useExplanation> }) => {
  if (asked.isPending) return <SkeletonText lines={8} />
  if (asked.isError) return <Failure failure={asked.error} onRetry={() => asked.refetch()} />
  return <AccessView of={asked.data} />
}
