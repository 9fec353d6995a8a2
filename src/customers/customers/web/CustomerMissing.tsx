import { Anchor } from '#ui/Anchor.tsx'
import { Empty } from '#ui/Empty.tsx'
import { Failure, isGone } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { customerWords } from './messages.ts'
import { pageWords } from './pageMessages.ts'

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
