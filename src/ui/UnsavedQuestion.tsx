import { Button, Modal } from 'antd'
import { useMessages } from './locale.tsx'
import { words } from './words.ts'

/** Asks before something typed is lost; to stay is the way that Enter takes. */
export const UnsavedQuestion = (props: {
  open: boolean
  onStay: () => void
  onDiscard: () => void
}) => {
  const w = useMessages(words)
  return (
    <Modal
      open={props.open}
      title={w.unsavedTitle}
      closable={false}
      onCancel={props.onStay}
      footer={
        // Not the dialog's own cancel button: that one calls `onCancel` as well, which means to stay.
        <>
          <Button danger onClick={props.onDiscard}>
            {w.discard}
          </Button>
          <Button type="primary" autoFocus onClick={props.onStay}>
            {w.keepEditing}
          </Button>
        </>
      }
      width={400}
    >
      <p>{w.unsavedText}</p>
    </Modal>
  )
}
