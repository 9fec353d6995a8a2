import { Button } from 'antd'
import type { ReactNode } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import { Sketch } from './Empty.tsx'
import { useMessages } from './locale.tsx'
import type { MoreReasons } from './reasons.ts'
import { useReasons } from './useReasons.ts'
import { words } from './words.ts'

/** The sentence for whatever was thrown, with the figures that the server told. */
export const useFailureWords = (more?: MoreReasons) => {
  const say = useReasons(more)
  return (failure: unknown) => {
    if (!(failure instanceof ApiProblem)) return say({ reason: 'fault' })
    // What is wrong with a single part says more than that something is.
    const [part] = failure.errors
    return say(part ?? { reason: failure.reason, values: figuresIn(failure.facts) })
  }
}

const figuresIn = (facts: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [],
    ),
  )

/** Whether the server says that there is no such record, or none for this reader. */
export const isGone = (failure: unknown) =>
  failure instanceof ApiProblem && (failure.status === 404 || failure.status === 400)

/** Something could not be read: what happened and what to do. */
export const Failure = (props: {
  failure: unknown
  onRetry?: () => void
  children?: ReactNode
}) => {
  const say = useFailureWords()
  const w = useMessages(words)
  return (
    <div className="empty" role="alert">
      <Sketch name="cut" />
      <p className="empty-title">{w.failed}</p>
      <p className="empty-text">{say(props.failure)}</p>
      <div className="empty-action">
        {props.onRetry && !isGone(props.failure) && (
          <Button onClick={props.onRetry}>{w.retry}</Button>
        )}
        {props.children}
      </div>
    </div>
  )
}
