import { Button } from 'antd'
import type { ReactNode } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import { Sketch } from './Empty.tsx'
import { useMessages } from './locale.tsx'
import { useReasons } from './reasons.ts'
import { words } from './words.ts'

/** The sentence for whatever was thrown. */
export const useFailureWords = () => {
  const say = useReasons()
  return (failure: unknown) =>
    say(failure instanceof ApiProblem ? failure : { reason: 'internal_error' })
}

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
        {props.onRetry && <Button onClick={props.onRetry}>{w.retry}</Button>}
        {props.children}
      </div>
    </div>
  )
}
