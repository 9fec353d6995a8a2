import { Modal, type ModalProps } from 'antd'
import { useLasting } from './Lasting.tsx'
import { useFocusBack } from './useFocusBack.ts'

/** A dialog that is there as long as it is drawn, and gives the keyboard back when it goes. */
export const Dialog = (props: Omit<ModalProps, 'open'>) => {
  useFocusBack()
  useLasting()
  return <Modal open {...props} />
}
