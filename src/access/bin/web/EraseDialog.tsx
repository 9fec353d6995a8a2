import { Input } from 'antd'
import { useState } from 'react'
import type { BinEntry } from '#platform/bin/contract.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { useMarks, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useBinWrites } from './bin.ts'
import { recycleWords } from './messages.ts'

/** What nothing brings back is confirmed by typing, not by a press in passing. */
export const EraseDialog = (props: {
  entries: readonly BinEntry[]
  onErased: () => void
  onClose: () => void
}) => {
  const { entries } = props
  const w = useMessages(recycleWords)
  const { listed } = useMarks()
  const toast = useToast()
  const { erase } = useBinWrites()
  const [typed, setTyped] = useState('')
  const confirmed = typed.trim().toLowerCase() === w.eraseWord
  const run = async () => {
    const { done, problems } = await erase.mutateAsync(entries)
    toast({
      text: problems.length > 0 ? w.someKept(done.length, problems.length) : w.erased(done.length),
    })
    props.onErased()
  }
  return (
    <Confirm
      title={w.eraseTitle(entries.length)}
      ok={w.erase}
      danger
      ready={confirmed}
      width={440}
      act={run}
      onClose={props.onClose}
    >
      <p className="erase-names">{listed(entries.map(({ title }) => title ?? w.unnamed))}</p>
      <p className="quiet">{w.eraseText}</p>
      <PlainField label={w.eraseType(w.eraseWord)}>
        {({ id }) => (
          <Input
            id={id}
            autoFocus
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </PlainField>
    </Confirm>
  )
}
