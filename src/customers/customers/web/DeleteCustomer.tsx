import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useRemove } from '#platform/lists/source.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useLabel, useLocale, useMessages } from '#ui/locale.tsx'
import { sayCount } from '#ui/numbers.ts'
import { useToast } from '#ui/Toasts.tsx'
import { words } from '#ui/words.ts'
import { customerSections } from '../slots.ts'
import type { Customer } from './look.tsx'
import { customerWords } from './messages.ts'
import { pageWords } from './pageMessages.ts'

/** Asks before a customer is put away, and says what goes along. */
export const DeleteCustomer = (props: {
  record: Customer
  onClose: () => void
  onRemoved: () => void
}) => {
  const { record } = props
  const w = useMessages(pageWords)
  const c = useMessages(customerWords)
  const u = useMessages(words)
  const say = useFailureWords()
  const toast = useToast()
  const along = useAlong(record.id)
  const remove = useRemove<Customer>('/customers')
  const done = async () => {
    try {
      await remove.mutateAsync(record)
      toast({ text: c.removed(record.name) })
      props.onRemoved()
    } catch (problem) {
      toast({ tone: 'failed', text: say(problem) })
    }
    props.onClose()
  }
  return (
    <Modal
      open
      title={c.removeTitle(record.name)}
      okText={w.removeDo}
      okButtonProps={{ danger: true }}
      cancelText={u.cancel}
      confirmLoading={remove.isPending}
      onOk={done}
      onCancel={props.onClose}
      width={420}
    >
      <p>{along ?? w.removeCounting}</p>
      <p className="quiet">{w.removeHistory}</p>
    </Modal>
  )
}

/** The sentence that names everything below a customer; undefined until it is counted. */
const useAlong = (id: string) => {
  const w = useMessages(pageWords)
  const c = useMessages(customerWords)
  const label = useLabel()
  const locale = useLocale()
  const { data, isError } = useQuery({
    queryKey: ['along', id],
    queryFn: () =>
      Promise.all(
        customerSections().flatMap(({ along }) =>
          along ? [along.count(id).then((count) => ({ count, say: along.say }))] : [],
        ),
      ),
    staleTime: 0,
    gcTime: 0,
  })
  if (isError) return c.removeText
  if (!data) return undefined
  const parts = data
    .filter(({ count }) => count.count > 0)
    .map(({ count, say }) => label(say(sayCount(count, locale))))
  return parts.length === 0 ? w.removeAlone : w.removeAlong(w.and(parts))
}
