import { Drawer } from 'antd'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import { useLasting } from './Lasting.tsx'
import { useMessages } from './locale.tsx'
import { UnsavedQuestion } from './UnsavedQuestion.tsx'
import { letGo } from './unsaved.ts'
import { useFocusBack } from './useFocusBack.ts'
import { words } from './words.ts'

type Props = {
  open: boolean
  title: ReactNode
  onClose: () => void
  /** For a form that holds a table. */
  wide?: boolean
  /** The form; `onDirty` tells that closing needs a question, `close` asks it. */
  children: (guard: { onDirty: (dirty: boolean) => void; close: () => void }) => ReactNode
}

/** A drawer that holds a form and does not let unsaved changes slip away. */
export const FormDrawer = ({ open, title, onClose, wide, children }: Props) => {
  const w = useMessages(words)
  useFocusBack()
  useLasting()
  const dirty = useRef(false)
  const [asking, setAsking] = useState(false)
  const onDirty = useCallback((now: boolean) => {
    dirty.current = now
  }, [])
  const leave = () => {
    dirty.current = false
    letGo()
    setAsking(false)
    onClose()
  }
  const close = () => (dirty.current ? setAsking(true) : leave())
  return (
    <Drawer
      open={open}
      title={title}
      onClose={close}
      size={wide ? 1040 : 520}
      destroyOnHidden
      closable={{ placement: 'end', 'aria-label': w.close }}
      classNames={{ root: 'drawer', body: 'drawer-form' }}
    >
      {children({ onDirty, close })}
      <UnsavedQuestion open={asking} onStay={() => setAsking(false)} onDiscard={leave} />
    </Drawer>
  )
}
