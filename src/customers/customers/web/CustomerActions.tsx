import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Ellipsis, Trash2, UserRoundPlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { refreshAround } from '#platform/lists/source.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Menu, type MenuItem } from '#ui/Menu.tsx'
import type { Customer } from './look.tsx'
import { customerWords } from './messages.ts'
import { pageWords } from './pageMessages.ts'

const EditCustomer = lazy(() =>
  import('./CustomerForm.tsx').then((module) => ({ default: module.EditCustomer })),
)
const HandOver = lazy(() =>
  import('./HandOver.tsx').then((module) => ({ default: module.HandOver })),
)
const DeleteCustomer = lazy(() =>
  import('./DeleteCustomer.tsx').then((module) => ({ default: module.DeleteCustomer })),
)

type Doing = 'edit' | 'handOver' | 'remove' | undefined

/** What can be done with a customer as a whole; no button appears that the server would refuse. */
export const useCustomerActions = (record: Customer | undefined, onRemoved: () => void) => {
  const w = useMessages(pageWords)
  const c = useMessages(customerWords)
  const { rightOf } = useDirectory()
  const client = useQueryClient()
  const [doing, setDoing] = useState<Doing>()
  const { can } = record ?? {}
  const handsOver = can?.edit && can.transfer && rightOf('customer', 'owner_id') === 'write'
  const items: readonly (MenuItem | undefined)[] = [
    handsOver
      ? {
          key: 'hand-over',
          label: c.handOver,
          icon: <UserRoundPlus />,
          run: () => setDoing('handOver'),
        }
      : undefined,
    can?.delete
      ? {
          key: 'remove',
          label: c.remove,
          icon: <Trash2 />,
          danger: true,
          run: () => setDoing('remove'),
        }
      : undefined,
  ]
  const shown = items.filter((item) => item !== undefined)
  const close = () => setDoing(undefined)
  const refresh = () => record && refreshAround(client, `/customers/${record.id}`)
  return {
    onEdit: can?.edit ? () => setDoing('edit') : undefined,
    buttons: (
      <>
        {can?.edit && (
          <Button onClick={() => setDoing('edit')} aria-keyshortcuts="e">
            {w.edit}
          </Button>
        )}
        {shown.length > 0 && (
          <Menu label={w.more} items={shown}>
            <Button aria-label={w.more} icon={<Ellipsis />} />
          </Menu>
        )}
      </>
    ),
    dialogs: record && (
      <Suspense>
        {doing === 'edit' && <EditCustomer record={record} onClose={close} />}
        {doing === 'handOver' && <HandOver rows={[record]} onClose={close} onDone={refresh} />}
        {doing === 'remove' && (
          <DeleteCustomer record={record} onClose={close} onRemoved={onRemoved} />
        )}
      </Suspense>
    ),
  }
}
