import { useRef, useState } from 'react'
import type { RowActs } from './recordColumns.ts'

/** What can be done with a row, the same from drawing to drawing: it always does what is to be done now. */
export const useRowActs = (acts: RowActs): RowActs => {
  const latest = useRef(acts)
  latest.current = acts
  const [same] = useState<RowActs>(() => ({
    open: (place) => latest.current.open(place),
    rest: (place) => latest.current.rest(place),
    pick: (place) => latest.current.pick(place),
    pickAll: (on) => latest.current.pickAll(on),
    set: (place, column) => latest.current.set(place, column),
    edit: (place, column) => latest.current.edit(place, column),
    save: (value) => latest.current.save(value),
    leave: (how) => latest.current.leave(how),
  }))
  return same
}
