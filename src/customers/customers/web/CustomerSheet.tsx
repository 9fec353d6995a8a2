import { FieldValue } from '#ui/FieldValue.tsx'
import { useLabel } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { RecordCard } from '#ui/RecordCard.tsx'
import { customer } from '../fields.ts'
import { useCustomerGroups } from './CustomerForm.tsx'
import { type Customer, glyphOf, NextDue, useCustomerLine } from './look.tsx'

const { fields } = customer

/** Who this is, how things stand, and all that is known, in reading order. */
export const CustomerSheet = ({ record }: { record: Customer }) => {
  const label = useLabel()
  const line = useCustomerLine()(record)
  return (
    <article className="sheet">
      <header className="sheet-head">
        <span className="glyph" aria-hidden="true">
          {glyphOf(record)}
        </span>
        <div>
          <h1>{record.name}</h1>
          <Parts className="quiet" of={[record.number, line[0], line[1]]} />
        </div>
      </header>
      <dl className="sheet-facts">
        <div>
          <dt>{label(fields.stage.label)}</dt>
          <dd>
            <FieldValue field={fields.stage} value={record.stage} />
          </dd>
        </div>
        <div>
          <dt>{label(fields.owner_id.label)}</dt>
          <dd>
            <FieldValue field={fields.owner_id} value={record.owner_id} />
          </dd>
        </div>
        <div>
          <dt>{label(fields.last_contact_at.label)}</dt>
          <dd>
            <FieldValue field={fields.last_contact_at} value={record.last_contact_at} brief />
          </dd>
        </div>
        <div>
          <dt>{label(fields.next_due_on.label)}</dt>
          <dd>
            <NextDue day={record.next_due_on} spoken />
          </dd>
        </div>
      </dl>
      <RecordCard
        entity={customer}
        record={record}
        groups={useCustomerGroups()}
        without={['name', 'kind', 'stage', 'owner_id']}
      />
    </article>
  )
}
