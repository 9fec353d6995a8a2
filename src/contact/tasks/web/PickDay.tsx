import { useState } from 'react'
import { Confirm } from '#ui/Confirm.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { DateInput } from '#ui/TimeInput.tsx'
import { task } from '../fields.ts'
import { taskWords } from './messages.ts'

/** Any day at all. */
export const PickDay = (props: {
  value: string
  onPick: (day: string) => void
  onClose: () => void
}) => {
  const w = useMessages(taskWords)
  const label = useLabel()
  const field = task.fields.due_on
  const [day, setDay] = useState<unknown>(props.value)
  return (
    <Confirm
      title={w.otherDayTitle}
      ok={w.move}
      stay={w.back}
      ready={typeof day === 'string'}
      width={340}
      act={async () => typeof day === 'string' && props.onPick(day)}
      onClose={props.onClose}
    >
      <PlainField label={label(field.label)}>
        {({ id }) => <DateInput id={id} field={field} value={day} onChange={setDay} autoFocus />}
      </PlainField>
    </Confirm>
  )
}
