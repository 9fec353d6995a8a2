import { Button } from 'antd'
import { ApiProblem } from '#platform/door/client.ts'
import { Failure } from './Failure.tsx'
import { useMessages } from './locale.tsx'
import { words } from './words.ts'

/** What an address asks for that a list cannot answer. */
export const garbled = new ApiProblem(400, { reason: 'condition_not_understood' })

type Props = { failure: unknown; onRetry: () => void; onClear: (() => void) | undefined }

/** A list could not be read: what was asked wrongly is not tried again but left out. */
export const ListFailure = ({ failure, onRetry, onClear }: Props) => {
  const w = useMessages(words)
  const refused = failure instanceof ApiProblem && failure.status === 400
  if (!refused || !onClear) return <Failure failure={failure} onRetry={onRetry} />
  return (
    <Failure failure={failure}>
      <Button onClick={onClear}>{w.wholeList}</Button>
    </Failure>
  )
}
