import { Modal } from 'antd'
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
      okText={w.keepEditing}
      cancelText={w.discard}
      cancelButtonProps={{ danger: true, onClick: props.onDiscard }}
      okButtonProps={{ autoFocus: true }}
      closable={false}
      onOk={props.onStay}
      onCancel={props.onStay}
      width={400}
    >
      <p>{w.unsavedText}</p>
    </Modal>
  )
}
