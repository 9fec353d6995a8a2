import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import { useRepeatKey } from '#platform/lists/repeatKey.ts'
import { refreshAround, useChange, useCreate } from '#platform/lists/source.ts'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { RecordForm } from '#ui/RecordForm.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { CustomerPick, type PickedCustomer } from '../../customers/web/CustomerPick.tsx'
import { type AnyRecord, nameOf, pathOf } from './kind.ts'
import { kindWords } from './messages.ts'

/** A new record of a kind; where no customer is given it asks for one first. */
export const NewOfKind = (props: { entity: Entity; customerId?: string; onClose: () => void }) => {
  const { entity, onClose } = props
  const w = useMessages(kindWords)
  const label = useLabel()
  const toast = useToast()
  const client = useQueryClient()
  const [picked, setPicked] = useState<PickedCustomer>()
  const customer = props.customerId ?? picked?.id
  const create = useCreate<AnyRecord>(pathOf(entity, customer ?? ''), `/${entity.plural}`)
  const { keyOf } = useRepeatKey()
  return (
    <FormDrawer open title={w.add(label(entity.label))} onClose={onClose}>
      {({ onDirty, close }) => (
        <div className="form-column">
          {props.customerId === undefined && (
            <div className="form-above">
              <PlainField label={w.customer} note={customer ? undefined : w.customerHelp}>
                {({ id }) => (
                  <CustomerPick
                    id={id}
                    value={picked}
                    onChange={setPicked}
                    placeholder={w.customerNeeded}
                  />
                )}
              </PlainField>
            </div>
          )}
          {customer && (
            <RecordForm
              entity={entity}
              onDirty={onDirty}
              onCancel={close}
              onSave={async (body) => {
                const made = await create.mutateAsync({ body, key: keyOf([customer, body]) })
                toast({ text: w.created(nameOf(entity, made)) })
                void refreshAround(client, `/customers/${customer}`)
                onClose()
              }}
            />
          )}
        </div>
      )}
    </FormDrawer>
  )
}

export const EditOfKind = (props: { entity: Entity; record: AnyRecord; onClose: () => void }) => {
  const { entity, record, onClose } = props
  const w = useMessages(kindWords)
  const toast = useToast()
  const change = useChange<AnyRecord>(pathOf(entity, record.customer_id), `/${entity.plural}`)
  return (
    <FormDrawer open title={w.edit(nameOf(entity, record))} onClose={onClose}>
      {({ onDirty, close }) => (
        <RecordForm
          entity={entity}
          record={record}
          onDirty={onDirty}
          onCancel={close}
          onSave={async (body, version) => {
            if (Object.keys(body).length > 0) {
              const { id } = record
              await change.mutateAsync({ id, version: version ?? record.version, change: body })
              toast({ text: w.saved })
            }
            onClose()
          }}
        />
      )}
    </FormDrawer>
  )
}
