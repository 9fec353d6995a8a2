import { ScanSearch } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field, Fields } from '#platform/fields/field.ts'
import { telling } from '#platform/plainViews/keys.ts'
import { useDirectory } from './directory.tsx'
import { useLabel, useMessages } from './locale.tsx'
import type { Row } from './recordColumns.ts'
import type { FoundLine } from './WholeFindDialog.tsx'
import { wholeWords } from './wholeWords.ts'

const WholeFindDialog = lazy(() =>
  import('./WholeFindDialog.tsx').then((module) => ({ default: module.WholeFindDialog })),
)

type Props<R extends Row> = {
  entity: Entity
  hrefOf: (row: R) => string
}

/**
 * The way to a record by a whole value, for what search and filters cannot find: fields that the reader
 * sees in part, and those stored encrypted. Not there where no field is such.
 */
export const WholeFind = <R extends Row>({ entity, hrefOf }: Props<R>) => {
  const w = useMessages(wholeWords)
  const label = useLabel()
  const [open, setOpen] = useState(false)
  const fields = useSought(entity)
  const [first, second] = Object.values(fields)
  const search = async (name: string, value: string): Promise<FoundLine[]> => {
    const body = { field: name, value }
    const { items } = await call<{ items: R[] }>('POST', `/${entity.plural}/exact-match`, { body })
    return items.map((row) => {
      const values: Record<string, unknown> = { ...row }
      const under = values.customer_name
      return {
        ...{ id: row.id, href: hrefOf(row), title: String(values[entity.title] ?? w.unnamed) },
        ...{ value: values[name], ...(typeof under === 'string' && { under }) },
      }
    })
  }
  if (!first) return null
  const word = second ? w.open : w.openOne(label(first.label))
  return (
    <>
      <button type="button" className="chip-add" onClick={() => setOpen(true)}>
        <ScanSearch />
        {word}
      </button>
      {open && (
        <Suspense>
          <WholeFindDialog
            {...{ entity, fields, search }}
            title={word}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}

const useSought = (entity: Entity): Fields => {
  const { rightOf } = useDirectory()
  const sought = Object.entries<Field>(entity.fields).filter(([name, { kind, encrypted }]) => {
    const right = rightOf(entity.name, name)
    return telling.includes(kind) && (right === 'masked' || (encrypted && right !== 'hidden'))
  })
  const rank = ([, { kind }]: [string, Field]) => telling.indexOf(kind)
  return Object.fromEntries(sought.sort((one, other) => rank(one) - rank(other)))
}
