import { Confirm } from '#ui/Confirm.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import type { Member } from '../contract.ts'
import { teamWords } from './messages.ts'
import { useMemberRemoval } from './useTeam.ts'

export const RemoveMember = (props: { member: Member; name: string; onClose: () => void }) => {
  const { member, name, onClose } = props
  const w = useMessages(teamWords)
  const toast = useToast()
  const removal = useMemberRemoval(member)
  return (
    <Confirm
      title={w.removeTitle(name)}
      text={w.removeText}
      ok={w.remove}
      danger
      act={async () => {
        await removal.mutateAsync()
        toast({ text: w.removed(name) })
      }}
      onClose={onClose}
    />
  )
}
