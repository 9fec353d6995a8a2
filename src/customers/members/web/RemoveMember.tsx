import { Modal } from 'antd'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import type { Member } from '../contract.ts'
import { teamWords } from './messages.ts'
import { useMemberRemoval } from './useTeam.ts'

export const RemoveMember = (props: { member: Member; name: string; onClose: () => void }) => {
  const { member, name, onClose } = props
  const w = useMessages(teamWords)
  const say = useFailureWords()
  const toast = useToast()
  const removal = useMemberRemoval(member)
  const remove = () =>
    removal.mutate(undefined, {
      onSuccess: () => toast({ text: w.removed(name) }),
      onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
      onSettled: onClose,
    })
  return (
    <Modal
      open
      title={w.removeTitle(name)}
      okText={w.remove}
      okButtonProps={{ danger: true }}
      cancelText={w.cancel}
      confirmLoading={removal.isPending}
      onOk={remove}
      onCancel={onClose}
      width={400}
    >
      <p>{w.removeText}</p>
    </Modal>
  )
}
