import { useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { HOME } from '#platform/database/ctx.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { useRepeatKey } from '#platform/lists/repeatKey.ts'
import { refreshAround, useChange, useCreate } from '#platform/lists/source.ts'
import { useDirectory } from '#ui/directory.tsx'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import type { Draft } from '#ui/formState.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { RecordForm } from '#ui/RecordForm.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { CustomerPick, type PickedCustomer } from '../../customers/web/CustomerPick.tsx'
import { DeleteOfKind } from './DeleteOfKind.tsx'
import { type AnyRecord, nameOf, pathOf } from './kind.ts'
import { kindWords } from './messages.ts'
import { useReferences } from './references.ts'

type NewProps = {
  entity: Entity
  /** Whom it is for; else it is asked first. */
  customerId?: string
  initial?: Draft | undefined
  title?: string
  onClose: () => void
}

/** A new record of a kind; what may belong to the firm itself does so unless a customer is chosen. */
export const NewOfKind = (props: NewProps) => {
  const { entity, onClose } = props
  const w = useMessages(kindWords)
  const label = useLabel()
  const toast = useToast()
  const client = useQueryClient()
  const { me } = useDirectory()
  const [picked, setPicked] = useState<PickedCustomer>()
  const { home } = entity
  const customer = props.customerId ?? picked?.id ?? (home && HOME)
  const create = useCreate<AnyRecord>(
    pathOf(entity, customer ?? ''),
    ...[`/${entity.plural}`, '/customers'],
  )
  const { keyOf } = useRepeatKey()
  const options = useReferences(entity, customer)
  const initial = useMemo(
    () => ({ ...(home && { [home]: me.id }), ...props.initial }),
    [home, me.id, props.initial],
  )
  return (
    <FormDrawer open title={props.title ?? w.add(label(entity.label))} onClose={onClose}>
      {({ onDirty, close }) => (
        <div className="form-column">
          {props.customerId === undefined && (
            <div className="form-above">
              <PlainField
                label={w.customer}
                note={home ? w.insideHelp : customer ? undefined : w.customerHelp}
              >
                {({ id }) => (
                  <CustomerPick
                    id={id}
                    value={picked}
                    onChange={setPicked}
                    placeholder={home ? w.inside : w.customerNeeded}
                  />
                )}
              </PlainField>
            </div>
          )}
          {customer && (
            <RecordForm
              {...{ entity, initial, options, onDirty }}
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

type EditProps = {
  entity: Entity
  record: AnyRecord
  onClose: () => void
  /** It can be deleted from here, where it cannot beside the form. */
  removes?: boolean
}

export const EditOfKind = ({ entity, record, onClose, removes }: EditProps) => {
  const w = useMessages(kindWords)
  const toast = useToast()
  const client = useQueryClient()
  const path = pathOf(entity, record.customer_id)
  const change = useChange<AnyRecord>(path, `/${entity.plural}`, '/customers')
  const options = useReferences(entity, record.customer_id)
  const [removing, setRemoving] = useState(false)
  return (
    <FormDrawer
      open
      title={
        <span className="form-title">
          {w.edit(nameOf(entity, record))}
          {removes && record.can.delete && (
            <button
              type="button"
              className="icon-button"
              aria-label={w.remove}
              title={w.remove}
              onClick={() => setRemoving(true)}
            >
              <Trash2 />
            </button>
          )}
        </span>
      }
      onClose={onClose}
    >
      {({ onDirty, close }) => (
        <>
          <RecordForm
            {...{ entity, record, options, onDirty }}
            onCancel={close}
            onSave={async (body, version) => {
              if (Object.keys(body).length > 0) {
                const { id } = record
                await change.mutateAsync({ id, version: version ?? record.version, change: body })
                void refreshAround(client, `/customers/${record.customer_id}`)
                toast({ text: w.saved })
              }
              onClose()
            }}
          />
          {removing && (
            <DeleteOfKind
              {...{ entity, record }}
              onClose={() => setRemoving(false)}
              onRemoved={onClose}
            />
          )}
        </>
      )}
    </FormDrawer>
  )
}
