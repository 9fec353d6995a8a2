import { useState } from 'react'
import type { Target } from '#platform/bulk/contract.ts'
import type { Row } from './recordColumns.ts'

/** Rows that were picked keep the version they were seen at, also when the list goes elsewhere. */
export type Picked = {
  ids: ReadonlySet<string>
  targets: readonly Target[]
  /** Every row of the list, loaded or not, but for those taken out again. */
  every: boolean
  except: ReadonlySet<string>
  select: (ids: ReadonlySet<string>) => void
  selectEvery: () => void
  clear: () => void
}

const nothing: ReadonlySet<string> = new Set()

export const usePicked = (rows: readonly Row[]): Picked => {
  const [held, setHeld] = useState<ReadonlyMap<string, Target>>(new Map())
  const [every, setEvery] = useState(false)
  const [except, setExcept] = useState(nothing)
  const shown = rows.map((row) => row.id)
  const clear = () => {
    setEvery(false)
    setExcept(nothing)
    setHeld(new Map())
  }
  const without = (next: ReadonlySet<string>) => {
    if (next.size === 0) return clear()
    const others = [...except].filter((id) => !shown.includes(id))
    setExcept(new Set([...others, ...shown.filter((id) => !next.has(id))]))
  }
  const only = (next: ReadonlySet<string>) =>
    setHeld(
      new Map(
        [...next].flatMap((id) => {
          const target = held.get(id) ?? targetOf(rows.find((row) => row.id === id))
          return target ? [[id, target]] : []
        }),
      ),
    )
  return {
    ids: every ? new Set(shown.filter((id) => !except.has(id))) : new Set(held.keys()),
    every,
    except,
    targets: [...held.values()],
    select: every ? without : only,
    selectEvery: () => {
      setEvery(true)
      setExcept(nothing)
    },
    clear,
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
