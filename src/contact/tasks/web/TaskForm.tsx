import { Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { CustomerPick, type PickedCustomer } from '#customers/customers/web/CustomerPick.tsx'
import { HOME } from '#platform/database/ctx.ts'
import { useRepeatKey } from '#platform/lists/repeatKey.ts'
import { useChange, useCreate } from '#platform/lists/source.ts'
import { DeleteDialog } from '#ui/DeleteDialog.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { RecordForm } from '#ui/RecordForm.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { task } from '../fields.ts'
import type { Task } from './look.tsx'
import { taskWords } from './messages.ts'

export const NewTask = ({ onClose }: { onClose: () => void }) => {
  const w = useMessages(taskWords)
  const toast = useToast()
  const { me, today } = useDirectory()
  const [customer, setCustomer] = useState<PickedCustomer>()
  const initial = useMemo(() => ({ owner_id: me.id, due_on: today }), [me.id, today])
  const create = useCreate<Task>(`/customers/${customer?.id ?? HOME}/tasks`, '/tasks', '/customers')
  const { keyOf } = useRepeatKey()
  return (
    <FormDrawer open title={w.create} onClose={onClose}>
      {({ onDirty, close }) => (
        <div className="form-column">
          <div className="form-above">
            <PlainField label={w.for} note={w.forHelp}>
              {({ id }) => (
                <CustomerPick
                  id={id}
                  value={customer}
                  onChange={setCustomer}
                  placeholder={w.inside}
                />
              )}
            </PlainField>
          </div>
          <RecordForm
            entity={task}
            initial={initial}
            onDirty={onDirty}
            onCancel={close}
            onSave={async (body) => {
              const made = await create.mutateAsync({ body, key: keyOf([customer?.id, body]) })
              toast({ text: w.created(made.title) })
              onClose()
            }}
          />
        </div>
      )}
    </FormDrawer>
  )
}

export const EditTask = ({ row, onClose }: { row: Task; onClose: () => void }) => {
  const w = useMessages(taskWords)
  const toast = useToast()
  const change = useChange<Task>(`/customers/${row.customer_id}/tasks`, '/tasks', '/customers')
  return (
    <FormDrawer
      open
      title={
        <span className="form-title">
          {w.edit}
          {row.can.delete && <RemoveTask row={row} onDone={onClose} />}
        </span>
      }
      onClose={onClose}
    >
      {({ onDirty, close }) => (
        <RecordForm
          entity={task}
          record={row}
          onDirty={onDirty}
          onCancel={close}
          onSave={async (body, version) => {
            if (Object.keys(body).length > 0) {
              const { id } = row
              await change.mutateAsync({ id, version: version ?? row.version, change: body })
              toast({ text: w.saved })
            }
            onClose()
          }}
        />
      )}
    </FormDrawer>
  )
}

const RemoveTask = ({ row, onDone }: { row: Task; onDone: () => void }) => {
  const w = useMessages(taskWords)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={w.remove}
        title={w.remove}
        onClick={() => setAsking(true)}
      >
        <Trash2 />
      </button>
      {asking && (
        <DeleteDialog
          path={`/customers/${row.customer_id}/tasks`}
          more={['/tasks', '/customers']}
          record={row}
          name={row.title}
          title={w.removeTitle(row.title)}
          done={w.removed(row.title)}
          note={w.removeText}
          onRemoved={onDone}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
