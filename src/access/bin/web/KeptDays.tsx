import { Button, InputNumber } from 'antd'
import { useId, useState } from 'react'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useBinWrites } from './bin.ts'
import { recycleWords } from './messages.ts'

const mostDays = 3650

/** How long deleted things stay, for administrators to say. */
export const KeptDays = ({ days }: { days: number }) => {
  const w = useMessages(recycleWords)
  const toast = useToast()
  const say = useFailureWords()
  const id = useId()
  const { keep } = useBinWrites()
  const [value, setValue] = useState<number | null>(days)
  const save = () => {
    if (value === null) return
    keep.mutate(value, {
      onSuccess: () => toast({ text: w.daysSaved(value) }),
      onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
    })
  }
  return (
    <span className="bin-days">
      <label htmlFor={id}>{w.days}</label>
      <InputNumber
        id={id}
        min={1}
        max={mostDays}
        precision={0}
        value={value}
        onChange={setValue}
        onPressEnter={save}
      />
      {value !== null && value !== days && (
        <Button loading={keep.isPending} onClick={save}>
          {w.save}
        </Button>
      )}
    </span>
  )
}
