import { CustomerCell } from '#customers/customers/web/CustomerCell.tsx'
import { usePlace } from '#platform/lists/placeSource.ts'
import { type ListQuery, useRecord } from '#platform/lists/source.ts'
import { Failure } from '#ui/Failure.tsx'
import { FieldValue } from '#ui/FieldValue.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { RecordCard } from '#ui/RecordCard.tsx'
import { RecordDrawer } from '#ui/RecordDrawer.tsx'
import { RecordSteps } from '#ui/RecordSteps.tsx'
import { valueIn } from '#ui/recordColumns.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { interaction } from '../fields.ts'
import type { Interaction } from './InteractionList.tsx'
import { interactionWords } from './messages.ts'

type Props = {
  at: { id: string; customer_id: string }
  /** What the list already knows of it. */
  row: Interaction | undefined
  query: ListQuery
  onOpen: (to: { id: string; customer_id?: string }) => void
  onClose: () => void
}

const noGroups: readonly never[] = []
const facts = ['at', 'channel', 'direction', 'person_id', 'minutes'] as const

/** One contact in full over the list; previous and next follow the list. */
export const InteractionDrawer = ({ at, row, query, onOpen, onClose }: Props) => {
  const w = useMessages(interactionWords)
  const path = `/customers/${at.customer_id}/interactions/${at.id}`
  const { record, failure, retry } = useRecord<Interaction>(path, row)
  const place = usePlace(path, query)
  return (
    <RecordDrawer
      open
      label={w.noteFor(record?.customer_name ?? '')}
      onClose={onClose}
      pageHref={`/customers/${at.customer_id}`}
      steps={<RecordSteps place={place} onGo={onOpen} />}
    >
      {record && !failure && <Told key={record.id} record={record} />}
      {failure && <Failure failure={failure} onRetry={retry} />}
      {!record && !failure && <SkeletonText lines={6} />}
    </RecordDrawer>
  )
}

const Told = ({ record }: { record: Interaction }) => {
  const label = useLabel()
  return (
    <article className="sheet">
      <h1 className="told-head">
        <CustomerCell row={record} />
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
      <RecordCard entity={interaction} record={record} groups={noGroups} edits />
    </article>
  )
}
