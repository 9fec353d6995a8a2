import { useState } from 'react'
import type { Target } from '#platform/bulk/contract.ts'
import type { Picking, Row } from './recordColumns.ts'

/** Rows that were picked keep the version they were seen at, also when the list goes elsewhere. */
export type Picked = Picking & {
  targets: readonly Target[]
  /** Every row of the list, loaded or not, but for those taken out again. */
  every: boolean
  except: ReadonlySet<string>
  selectEvery: () => void
}

const nothing: ReadonlySet<string> = new Set()

export const usePicked = (): Picked => {
  const [held, setHeld] = useState<ReadonlyMap<string, Target>>(new Map())
  const [every, setEvery] = useState(false)
  const [except, setExcept] = useState(nothing)
  const start = (all: boolean) => {
    setEvery(all)
    setExcept(nothing)
    setHeld(new Map())
  }
  const takeOut = (rows: readonly Row[], out: boolean) =>
    setExcept((before) => {
      const here = new Set(rows.map(({ id }) => id))
      return new Set([...[...before].filter((id) => !here.has(id)), ...(out ? here : [])])
    })
  const take = (rows: readonly Row[], on: boolean) =>
    setHeld((before) => {
      const next = new Map(before)
      for (const row of rows) {
        const target = before.get(row.id) ?? targetOf(row)
        if (on && target) next.set(row.id, target)
        else next.delete(row.id)
      }
      return next
    })
  return {
    has: (id) => (every ? !except.has(id) : held.has(id)),
    some: every || held.size > 0,
    every,
    except,
    targets: [...held.values()],
    pick: (rows, on) => (every ? takeOut(rows, !on) : take(rows, on)),
    selectEvery: () => start(true),
    clear: () => start(false),
  }
}

export const targetOf = (row: Row | undefined): Target | undefined => {
  if (!row || !('version' in row) || typeof row.version !== 'number') return undefined
  const { id, version } = row
  const home = 'customer_id' in row ? row.customer_id : undefined
  return { id, version, ...(typeof home === 'string' && { customer_id: home }) }
}

/** Where a record is read and changed. */
export const pathOf = (plural: string, { id, customer_id }: Omit<Target, 'version'>) =>
  customer_id ? `/customers/${customer_id}/${plural}/${id}` : `/${plural}/${id}`
