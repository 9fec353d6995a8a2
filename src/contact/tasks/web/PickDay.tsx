import { Modal } from 'antd'
import { useState } from 'react'
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
  const done = () => {
    if (typeof day !== 'string') return
    props.onPick(day)
    props.onClose()
  }
  return (
    <Modal
      open
      title={w.otherDayTitle}
      okText={w.move}
      cancelText={w.back}
      okButtonProps={{ disabled: typeof day !== 'string' }}
      onOk={done}
      onCancel={props.onClose}
      width={340}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          done()
        }}
      >
        <PlainField label={label(field.label)}>
          {({ id }) => <DateInput id={id} field={field} value={day} onChange={setDay} autoFocus />}
        </PlainField>
      </form>
    </Modal>
  )
}
