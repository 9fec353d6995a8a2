import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'

const LastingContext = createContext<() => () => void>(() => () => {})

/**
 * What is shown of a record. When the record goes, `instead` stands in its place; a form or a question
 * that lies open over it stays until it is closed, so that what was typed can be copied.
 */
export const Lasting = (props: { gone: boolean; instead: ReactNode; children: ReactNode }) => {
  const { gone } = props
  const [open, setOpen] = useState(0)
  const hold = useCallback(() => {
    setOpen((before) => before + 1)
    return () => setOpen((before) => before - 1)
  }, [])
  return (
    <LastingContext value={hold}>
      {gone && props.instead}
      {(!gone || open > 0) && (
        <div className="lasting" hidden={gone}>
          {props.children}
        </div>
      )}
    </LastingContext>
  )
}

/** Keeps what this was opened from as long as this is shown. */
export const useLasting = () => {
  const hold = useContext(LastingContext)
  useEffect(() => hold(), [hold])
}
