import { ListFilter } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { listWords } from './listWords.ts'
import { useMessages } from './locale.tsx'

/** The filter of a list where there is no room for it: how many conditions hold, all of them one press away. */
export const FilterFold = ({ count, children }: { count: number; children: ReactNode }) => {
  const w = useMessages(listWords)
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <button
        type="button"
        className="icon-button filter-fold"
        aria-label={w.conditions(count)}
        title={w.conditions(count)}
        aria-expanded={open}
        aria-controls={id}
        data-active={count > 0 || undefined}
        onClick={() => setOpen(!open)}
      >
        <ListFilter />
        {count > 0 && <span className="figure">{count}</span>}
      </button>
      <div id={id} className="folded-filter" hidden={!open}>
        {open && children}
      </div>
    </>
  )
}
