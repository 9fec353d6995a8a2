import { Button, InputNumber } from 'antd'
import { useId, useState } from 'react'
import { useFailureWords } from './Failure.tsx'
import { useMessages } from './locale.tsx'
import { useToast } from './Toasts.tsx'
import { words } from './words.ts'

const mostDays = 3650

/** For how many days something is kept, for administrators to say; the button comes with a change. */
export const DaysSetting = (props: {
  label: string
  days: number
  onSave: (days: number) => Promise<unknown>
  saved: (days: number) => string
}) => {
  const u = useMessages(words)
  const toast = useToast()
  const say = useFailureWords()
  const id = useId()
  const [value, setValue] = useState<number | null>(props.days)
  const [busy, setBusy] = useState(false)
  const changed = value !== null && value !== props.days
  const save = async () => {
    if (value === null || !changed) return
    setBusy(true)
    try {
      await props.onSave(value)
      toast({ text: props.saved(value) })
    } catch (problem) {
      toast({ tone: 'failed', text: say(problem) })
    }
    setBusy(false)
  }
  return (
    <span className="days-setting">
      <label htmlFor={id}>{props.label}</label>
      <InputNumber
        controls={false}
        id={id}
        min={1}
        max={mostDays}
        precision={0}
        value={value}
        onChange={setValue}
        onPressEnter={() => void save()}
      />
      {changed && (
        <Button loading={busy} onClick={() => void save()}>
          {u.save}
        </Button>
      )}
    </span>
  )
}
