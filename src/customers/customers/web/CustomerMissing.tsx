import { ApiProblem } from '#platform/door/client.ts'
import { Anchor } from '#ui/Anchor.tsx'
import { Empty } from '#ui/Empty.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { customerWords } from './messages.ts'
import { pageWords } from './pageMessages.ts'

/** Whether the server says that there is no such customer, or none for this reader. */
export const isGone = (failure: unknown) =>
  failure instanceof ApiProblem && (failure.status === 404 || failure.status === 400)

/** Why a customer cannot be shown: gone or out of sight, or the server did not answer. */
export const CustomerMissing = (props: { failure: unknown; onRetry: () => void }) => {
  const w = useMessages(pageWords)
  const c = useMessages(customerWords)
  const { failure } = props
  return (
    <div className="page">
      {isGone(failure) ? (
        <Empty
          drawing="door"
          title={w.missingTitle}
          text={w.missingText}
          action={<Anchor href="/customers">{c.back}</Anchor>}
        />
      ) : (
        <Failure failure={failure} onRetry={props.onRetry} />
      )}
    </div>
  )
}
