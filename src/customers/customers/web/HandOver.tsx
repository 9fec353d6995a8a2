import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, call } from '#platform/door/client.ts'
import { refreshLists } from '#platform/lists/source.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { nameOf, useDirectory } from '#ui/directory.tsx'
import { FieldInput } from '#ui/FieldInput.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useReasons } from '#ui/useReasons.ts'
import { words } from '#ui/words.ts'
import { customer } from '../fields.ts'
import type { Customer } from './look.tsx'
import { customerWords } from './messages.ts'

// Writes under way at once: the others of the firm are working too.
const lanes = 4

type Props = { rows: readonly Customer[]; onClose: () => void; onDone: () => void }

/** Gives the chosen customers to another person, each with its own version. */
export const HandOver = ({ rows, onClose, onDone }: Props) => {
  const w = useMessages(customerWords)
  const u = useMessages(words)
  const label = useLabel()
  const say = useReasons()
  const toast = useToast()
  const client = useQueryClient()
  const { people } = useDirectory()
  const [owner, setOwner] = useState<number | null>(null)
  const handOver = useMutation({
    mutationFn: () => changeAll(rows, { owner_id: owner }),
    onSuccess: (problems) => {
      const [first] = problems
      const name = nameOf(people, owner ?? 0) ?? ''
      toast(
        first
          ? {
              tone: 'failed',
              text: w.handedPart(rows.length - problems.length, problems.length, say(first)),
            }
          : { text: w.handedOver(rows.length, name) },
      )
      onClose()
      onDone()
    },
    onSettled: () => refreshLists(client, '/customers'),
  })
  return (
    <Dialog
      title={w.handOverTitle(rows.length)}
      okText={w.handOverDo}
      cancelText={u.cancel}
      okButtonProps={{ disabled: owner === null }}
      confirmLoading={handOver.isPending}
      onOk={() => handOver.mutate()}
      onCancel={onClose}
      width={400}
    >
      <div className="form-line">
        <label htmlFor="hand-over">{label(customer.fields.owner_id.label)}</label>
        <FieldInput
          id="hand-over"
          autoFocus
          field={customer.fields.owner_id}
          value={owner}
          onChange={(value) => setOwner(typeof value === 'number' ? value : null)}
        />
      </div>
    </Dialog>
  )
}

/** Gives the refusals; everything else is done. */
const changeAll = async (rows: readonly Customer[], change: Record<string, unknown>) => {
  const waiting = [...rows]
  const problems: { reason: string }[] = []
  const lane = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      const { id, version } = row
      await call('PATCH', `/customers/${id}`, { body: change, version }).catch((problem) => {
        problems.push(problem instanceof ApiProblem ? problem : { reason: 'fault' })
      })
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return problems
}
