import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { newRepeatKey } from '#platform/door/repeatKey.ts'
import { refreshAround, useChange, useCreate } from '#platform/lists/source.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useMessages } from '#ui/locale.tsx'
import { type FormGroup, RecordForm } from '#ui/RecordForm.tsx'
import { valueIn } from '#ui/recordColumns.ts'
import { useToast } from '#ui/Toasts.tsx'
import { customer } from '../fields.ts'
import type { Customer } from './look.tsx'
import { customerWords } from './messages.ts'

export const useCustomerGroups = (): readonly FormGroup[] => {
  const w = useMessages(customerWords)
  return [
    { key: 'who', label: w.who },
    { key: 'reach', label: w.reach },
    { key: 'know', label: w.know },
    { key: 'person', label: w.person, folded: true },
    { key: 'organisation', label: w.organisation, folded: true },
    { key: 'buying', label: w.buying, folded: true },
  ]
}

export const NewCustomer = (props: { onClose: () => void; onMade?: (made: Customer) => void }) => {
  const w = useMessages(customerWords)
  const toast = useToast()
  const { me } = useDirectory()
  const initial = useMemo(() => ({ owner_id: me.id }), [me.id])
  const create = useCreate<Customer>('/customers')
  // One key for one form: pressing save again after a lost answer makes no second customer.
  const key = useRef(newRepeatKey())
  const groups = useCustomerGroups()
  return (
    <FormDrawer open title={w.create} onClose={props.onClose}>
      {({ onDirty, close }) => (
        <RecordForm
          entity={customer}
          groups={groups}
          initial={initial}
          onDirty={onDirty}
          onCancel={close}
          onSave={async (body) => {
            const made = await create.mutateAsync({ body, key: key.current })
            toast({ text: w.created(made.name) })
            props.onClose()
            props.onMade?.(made)
          }}
        />
      )}
    </FormDrawer>
  )
}

export const EditCustomer = ({ record, onClose }: { record: Customer; onClose: () => void }) => {
  const w = useMessages(customerWords)
  const toast = useToast()
  const say = useFailureWords()
  const client = useQueryClient()
  const change = useChange<Customer>('/customers')
  const groups = useCustomerGroups()
  const undo = async (saved: Customer, body: Record<string, unknown>) => {
    const before = Object.fromEntries(
      Object.keys(body).map((name) => [name, valueIn(record, name)]),
    )
    try {
      await change.mutateAsync({ id: saved.id, version: saved.version, change: before })
      toast({ text: w.restored })
      void refreshAround(client, `/customers/${record.id}`)
    } catch (problem) {
      toast({ tone: 'failed', text: say(problem) })
    }
  }
  return (
    <FormDrawer open title={w.editTitle(record.name)} onClose={onClose}>
      {({ onDirty, close }) => (
        <RecordForm
          entity={customer}
          record={record}
          groups={groups}
          onDirty={onDirty}
          onCancel={close}
          onSave={async (body, version) => {
            if (Object.keys(body).length > 0) {
              const saved = await change.mutateAsync({
                id: record.id,
                version: version ?? record.version,
                change: body,
              })
              toast({ text: w.saved, undo: () => void undo(saved, body) })
              void refreshAround(client, `/customers/${record.id}`)
            }
            onClose()
          }}
        />
      )}
    </FormDrawer>
  )
}
