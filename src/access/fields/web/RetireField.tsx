import { useState } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { type Kept, useFieldWrite } from './definitions.ts'
import { fieldWords } from './messages.ts'

/** Asks once before a field leaves every form and list, and again where views still name it. */
export const RetireField = ({ field, onClose }: { field: Kept; onClose: () => void }) => {
  const w = useMessages(fieldWords)
  const toast = useToast()
  const write = useFieldWrite()
  const [used, setUsed] = useState(false)
  const { zh, en } = field.definition.label
  const name = useLabel()({ zh, en: en || zh })
  const retire = async () => {
    try {
      await write.mutateAsync({ do: 'retire', field, anyway: used })
    } catch (problem) {
      setUsed(problem instanceof ApiProblem && problem.reason === 'field_in_use')
      throw problem
    }
    toast({ text: w.retired(name) })
  }
  return (
    <Confirm
      title={w.retireTitle(name)}
      text={w.retireText}
      ok={used ? w.retireAnyway : w.retire}
      stay={w.keep}
      danger
      act={retire}
      onClose={onClose}
    />
  )
}
