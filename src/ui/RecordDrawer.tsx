import { Drawer } from 'antd'
import { Maximize2 } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Anchor } from './Anchor.tsx'
import { useMessages } from './locale.tsx'
import { usePageKeys } from './rowKeys.ts'
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
  usePageKeys([['Escape', props.onClose]], props.open)
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
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
