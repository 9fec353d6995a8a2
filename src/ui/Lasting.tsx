import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react'
import { editWords } from './editWords.ts'
import { useMessages } from './locale.tsx'

type Where = 'over' | 'within'
type Held = { gone: boolean; hold: (where: Where) => () => void }

const LastingContext = createContext<Held>({ gone: false, hold: () => () => {} })

/**
 * What is shown of a record. When the record goes, `instead` stands in its place; a form or a question
 * that lies open over it stays until it is closed, so that what was typed can be copied. What is typed
 * within it stays in sight where it is, under a sentence, and `instead` waits.
 */
export const Lasting = (props: { gone: boolean; instead: ReactNode; children: ReactNode }) => {
  const { gone } = props
  const w = useMessages(editWords)
  const [open, setOpen] = useState({ over: 0, within: 0 })
  const hold = useCallback((where: Where) => {
    const count = (by: number) => setOpen((before) => ({ ...before, [where]: before[where] + by }))
    count(1)
    return () => count(-1)
  }, [])
  const typed = open.within > 0
  return (
    <LastingContext value={useMemo(() => ({ gone, hold }), [gone, hold])}>
      {gone && !typed && props.instead}
      {gone && typed && (
        <p className="change-notice late" role="alert">
          {w.gone}
        </p>
      )}
      {(!gone || typed || open.over > 0) && (
        <div className="lasting" data-gone={gone || undefined} hidden={gone && !typed}>
          {props.children}
        </div>
      )}
    </LastingContext>
  )
}

/** Keeps what this was opened from as long as this is shown. */
export const useLasting = () => {
  const { hold } = useContext(LastingContext)
  useEffect(() => hold('over'), [hold])
}

/**
 * Keeps a form that stands within a record as long as something is typed in it. What gets `lasts` as
 * `data-lasts` is what stays in sight; `gone` tells that the record is no longer there to be saved.
 */
export const useLastingText = (typed: boolean) => {
  const { gone, hold } = useContext(LastingContext)
  useEffect(() => (typed ? hold('within') : undefined), [hold, typed])
  return { gone, lasts: typed || undefined }
}
