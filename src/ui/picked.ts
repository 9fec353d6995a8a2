import { useState } from 'react'
import type { Target } from '#platform/bulk/contract.ts'
import type { Row } from './recordColumns.ts'

/** Rows that were picked keep the version they were seen at, also when the list goes elsewhere. */
export type Picked = {
  ids: ReadonlySet<string>
  targets: readonly Target[]
  /** Every row of the list, loaded or not. */
  every: boolean
  select: (ids: ReadonlySet<string>) => void
  selectEvery: () => void
  clear: () => void
}

export const usePicked = (rows: readonly Row[]): Picked => {
  const [held, setHeld] = useState<ReadonlyMap<string, Target>>(new Map())
  const [every, setEvery] = useState(false)
  const ids = every ? new Set(rows.map((row) => row.id)) : new Set(held.keys())
  return {
    ids,
    every,
    targets: [...held.values()],
    select: (next) => {
      setEvery(false)
      setHeld(
        new Map(
          [...next].flatMap((id) => {
            const target = held.get(id) ?? targetOf(rows.find((row) => row.id === id))
            return target ? [[id, target]] : []
          }),
        ),
      )
    },
    selectEvery: () => setEvery(true),
    clear: () => {
      setEvery(false)
      setHeld(new Map())
    },
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
