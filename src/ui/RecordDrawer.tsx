import { Drawer } from 'antd'
import { Maximize2 } from 'lucide-react'
import { type ReactNode, useEffect, useId } from 'react'
import { Anchor } from './Anchor.tsx'
import { useMessages } from './locale.tsx'
import { holdKeys, releaseKeys, usePageKeys } from './rowKeys.ts'
import { isUnsaved } from './unsaved.ts'
import { useFocusBack } from './useFocusBack.ts'
import { words } from './words.ts'

type Props = {
  open: boolean
  /** Names the drawer to a screen reader. */
  label: string
  onClose: () => void
  /** The same record as a page of its own. */
  pageHref?: string | undefined
  /** The way through the list, such as RecordSteps. */
  steps?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A record over its list; the list stays in sight and in use. */
export const RecordDrawer = (props: Props) => {
  const w = useMessages(words)
  // antd would name the drawer by its whole head, buttons and all.
  const id = useId()
  const close = (event: Event) => {
    // A form that holds something asks first, and then nothing is on its way.
    if (!isUnsaved()) holdKeys(event)
    props.onClose()
  }
  usePageKeys([['Escape', close]], props.open)
  useFocusBack({ page: true })
  // The list below hears keys again once this is gone.
  useEffect(() => () => queueMicrotask(releaseKeys), [])
  return (
    <Drawer
      open={props.open}
      onClose={(event) => close('nativeEvent' in event ? event.nativeEvent : event)}
      mask={false}
      push={false}
      size={640}
      destroyOnHidden
      aria-labelledby={id}
      classNames={{ root: 'drawer' }}
      closable={{ placement: 'end', 'aria-label': w.close }}
      title={
        <div className="drawer-head">
          <span id={id} className="unseen">
            {props.label}
          </span>
          {props.steps}
          {props.pageHref && (
            <Anchor
              className="icon-button"
              href={props.pageHref}
              aria-label={w.openAsPage}
              title={w.openAsPage}
            >
              <Maximize2 />
            </Anchor>
          )}
          <span className="drawer-actions">{props.actions}</span>
        </div>
      }
    >
      {props.children}
    </Drawer>
  )
}
