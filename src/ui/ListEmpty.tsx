import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Empty } from './Empty.tsx'

type Words = {
  emptyTitle: string
  emptyText: string
  nothingTitle: string
  nothingText: string
  clear: string
}

/** A list without rows: nothing yet, with the next step, or nothing that fits, with the way back. */
export const ListEmpty = (props: {
  words: Words
  narrowed: boolean
  onClear: () => void
  action?: ReactNode
}) => {
  const { words: w } = props
  if (props.narrowed)
    return (
      <Empty
        drawing="search"
        title={w.nothingTitle}
        text={w.nothingText}
        action={<Button onClick={props.onClear}>{w.clear}</Button>}
      />
    )
  return <Empty drawing="desk" title={w.emptyTitle} text={w.emptyText} action={props.action} />
}
