import { CustomerCell } from '#customers/customers/web/CustomerCell.tsx'
import { useRecord } from '#platform/lists/source.ts'
import { Failure } from '#ui/Failure.tsx'
import { FieldValue } from '#ui/FieldValue.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { RecordCard } from '#ui/RecordCard.tsx'
import { RecordDrawer } from '#ui/RecordDrawer.tsx'
import { valueIn } from '#ui/recordColumns.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { interaction } from '../fields.ts'
import type { Interaction } from './InteractionList.tsx'
import { interactionWords } from './messages.ts'

type Props = {
  id: string
  rows: readonly Interaction[]
  onOpen: (id: string) => void
  onClose: () => void
}

const noGroups: readonly never[] = []
const facts = ['at', 'channel', 'direction', 'person_id', 'minutes'] as const

/** One contact in full over the list; previous and next follow the list. */
export const InteractionDrawer = ({ id, rows, onOpen, onClose }: Props) => {
  const w = useMessages(interactionWords)
  const place = rows.findIndex((row) => row.id === id)
  const row = rows[place]
  const at = (step: number) => {
    const other = place < 0 ? undefined : rows[place + step]
    return other && (() => onOpen(other.id))
  }
  return (
    <RecordDrawer
      open
      label={w.noteFor(row?.customer_name ?? '')}
      onClose={onClose}
      pageHref={row && `/customers/${row.customer_id}`}
      onPrevious={at(-1)}
      onNext={at(1)}
    >
      {row ? <Told key={row.id} row={row} /> : <SkeletonText lines={6} />}
    </RecordDrawer>
  )
}

const Told = ({ row }: { row: Interaction }) => {
  const label = useLabel()
  const { record, failure, retry } = useRecord<Interaction>(
    `/customers/${row.customer_id}/interactions/${row.id}`,
    row,
  )
  if (failure || !record) return <Failure failure={failure} onRetry={retry} />
  return (
    <article className="sheet">
      <h1 className="told-head">
        <CustomerCell row={row} />
      </h1>
      <dl className="record-card told-facts">
        {facts.map((name) => {
          const value = valueIn(record, name)
          if (value === null || value === undefined) return null
          const field = interaction.fields[name]
          return (
            <div key={name}>
              <dt>{label(field.label)}</dt>
              <dd>
                <FieldValue field={field} value={value} />
              </dd>
            </div>
          )
        })}
      </dl>
      <p className="long-text">{record.summary}</p>
      <RecordCard entity={interaction} record={record} groups={noGroups} />
    </article>
  )
}
