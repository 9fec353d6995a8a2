import { useState } from 'react'
import type { Customer } from '#customers/customers/slots.ts'
import { ApiProblem } from '#platform/door/client.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { nameOf, useDirectory } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useReasons } from '#ui/useReasons.ts'
import type { Member } from '../contract.ts'
import { MemberFields } from './MemberFields.tsx'
import { teamWords } from './messages.ts'
import { type Given, useMemberWrite } from './useTeam.ts'

const blank: Given = { principal_id: null, access: 'read', until: null, role: null, reason: null }

/** Brings somebody in, or changes how one of the team is on it. */
export const MemberForm = (props: {
  customer: Customer
  member?: Member | undefined
  team: readonly Member[]
  onClose: () => void
}) => {
  const { customer, member, team, onClose } = props
  const w = useMessages(teamWords)
  const toast = useToast()
  const { people, departments } = useDirectory()
  const [given, setGiven] = useState<Given>(member ?? blank)
  const write = useMemberWrite(customer.id, member)
  const { note, whole } = useTrouble(write.error)
  const name = nameOf([...people, ...departments], given.principal_id ?? 0) ?? ''
  const ready = given.principal_id !== null
  const save = () => {
    if (!ready || write.isPending) return
    const { principal_id, access, until, role, reason } = given
    write.mutate(
      { principal_id, access, until, role, reason },
      {
        onSuccess: () => {
          toast({ text: member ? w.saved : w.added(name) })
          onClose()
        },
      },
    )
  }
  const taken = team.map(({ principal_id }) => principal_id)
  return (
    <Dialog
      title={member ? w.changeTitle(name) : w.addTitle}
      okText={member ? w.save : w.ok}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={write.isPending}
      cancelText={w.cancel}
      width={440}
      onOk={save}
      onCancel={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <MemberFields
          given={given}
          onChange={(change) => setGiven((before) => ({ ...before, ...change }))}
          note={note}
          {...(!member && {
            without: customer.owner_id === null ? taken : [...taken, customer.owner_id],
          })}
        />
        {whole && (
          <p role="alert" className="late">
            {whole}
          </p>
        )}
      </form>
    </Dialog>
  )
}

/** What is wrong with each field, and what with the whole. */
const useTrouble = (problem: unknown) => {
  const w = useMessages(teamWords)
  const say = useFailureWords()
  const reason = useReasons()
  const errors = problem instanceof ApiProblem ? problem.errors : []
  const taken = problem instanceof ApiProblem && problem.status === 412
  const note = (field: string) => {
    const found = errors.find(({ path }) => path === field)
    return found && reason(found)
  }
  const whole = taken ? w.changed : say(problem)
  return { note, whole: problem && errors.length === 0 ? whole : undefined }
}
