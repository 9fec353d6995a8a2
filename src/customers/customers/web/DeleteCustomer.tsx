import { DeleteDialog } from '#ui/DeleteDialog.tsx'
import { useMessages } from '#ui/locale.tsx'
import type { Customer } from './look.tsx'
import { customerWords } from './messages.ts'

/** Asks before a customer is put away, and says what goes along. */
export const DeleteCustomer = (props: {
  record: Customer
  onClose: () => void
  onRemoved: () => void
}) => {
  const { id, version, name } = props.record
  const w = useMessages(customerWords)
  return (
    <DeleteDialog
      path="/customers"
      record={{ id, version }}
      name={name}
      title={w.removeTitle(name)}
      done={w.removed(name)}
      onClose={props.onClose}
      onRemoved={props.onRemoved}
    />
  )
}
