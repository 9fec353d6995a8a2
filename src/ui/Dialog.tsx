import { Modal, type ModalProps } from 'antd'
import { useEffect, useRef } from 'react'
import { useLasting } from './Lasting.tsx'
import { useFocusBack } from './useFocusBack.ts'

/** A dialog that is there as long as it is drawn, and gives the keyboard back when it goes. */
export const Dialog = ({ children, ...props }: Omit<ModalProps, 'open'>) => {
  useFocusBack()
  useLasting()
  return (
    <Modal open {...props}>
      {children}
      <FirstControl />
    </Modal>
  )
}

/**
 * Takes the keyboard to the first control of the dialog around it, else to a button below that does no
 * harm; beside what comes later, once more. Where nothing moves, `autoFocus` is asked for before the dialog is
 * in the page.
 */
export const FirstControl = () => {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const dialog = place.current?.closest('.ant-modal')
    const body = dialog?.querySelector('.ant-modal-body')
    if (!dialog || !body || body.contains(document.activeElement)) return
    const footer = dialog.querySelector('.ant-modal-footer')
    if (footer?.contains(document.activeElement)) return
    const harmless = footer?.querySelector<HTMLElement>(
      '.ant-btn-primary:not(.ant-btn-dangerous, [disabled])',
    )
    const first = controlIn(body) ?? harmless ?? (footer && controlIn(footer))
    first?.focus()
  }, [])
  return <span ref={place} hidden />
}

const controlIn = (part: Element) =>
  [...part.querySelectorAll<HTMLElement>('input, textarea, select, button')].find(
    (each) => !each.matches('[hidden], [disabled], [tabindex="-1"]'),
  )
