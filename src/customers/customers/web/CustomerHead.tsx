import { usePlainFields } from '#ui/directory.tsx'
import { FieldValue } from '#ui/FieldValue.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { customer } from '../fields.ts'
import { type Customer, glyphOf, useCustomerLine } from './look.tsx'
import { pageWords } from './pageMessages.ts'
import { StageControl } from './StageControl.tsx'

const { fields } = customer

/** Who this is, how things stand and who answers for it. */
export const CustomerHead = ({ record }: { record: Customer }) => {
  const w = useMessages(pageWords)
  const label = useLabel()
  const plain = usePlainFields('customer', fields)
  const phone = record.phones?.[0]
  const [kind, region] = useCustomerLine()(record)
  return (
    <header className="record-head">
      <span className="glyph" aria-hidden="true">
        {glyphOf(record)}
      </span>
      <div className="record-title">
        <h1>{record.name}</h1>
        <Parts className="quiet" of={[record.number, kind, region]} />
      </div>
      <dl className="record-facts">
        <div>
          <dt>{label(fields.stage.label)}</dt>
          <dd>
            <StageControl record={record} />
          </dd>
        </div>
        <div>
          <dt>{w.owner}</dt>
          <dd>
            <FieldValue field={fields.owner_id} value={record.owner_id} />
          </dd>
        </div>
        {plain.last_contact_at && (
          <div>
            <dt>{w.lastContact}</dt>
            <dd>
              {record.last_contact_at ? (
                <FieldValue field={fields.last_contact_at} value={record.last_contact_at} brief />
              ) : (
                <span className="quiet">{w.never}</span>
              )}
            </dd>
          </div>
        )}
        {phone && (
          <div className="record-phone">
            <dt>{label(fields.phones.label)}</dt>
            <dd>
              <FieldValue field={fields.phones} value={[phone]} />
            </dd>
          </div>
        )}
        {record.tags?.length > 0 && (
          <div className="record-tags">
            <dt>{label(fields.tags.label)}</dt>
            <dd>
              <FieldValue field={fields.tags} value={record.tags} />
            </dd>
          </div>
        )}
      </dl>
    </header>
  )
}
