import { Drawer } from 'antd'
import { ChevronDown, ChevronUp, Maximize2 } from 'lucide-react'
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
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
  actions?: ReactNode
  children: ReactNode
}

/** A record over its list; the list stays in sight and in use. J and K, or the arrows, go through it. */
export const RecordDrawer = (props: Props) => {
  const w = useMessages(words)
  // antd would name the drawer by its whole head, buttons and all.
  const id = useId()
  usePageKeys(
    [
      ['j', () => props.onNext?.()],
      ['k', () => props.onPrevious?.()],
      ['ArrowRight', () => props.onNext?.()],
      ['ArrowLeft', () => props.onPrevious?.()],
      ['Escape', props.onClose],
    ],
    props.open,
  )
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
          <Step label={w.previous} onPress={props.onPrevious}>
            <ChevronUp />
          </Step>
          <Step label={w.next} onPress={props.onNext}>
            <ChevronDown />
          </Step>
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

const Step = (props: { label: string; onPress: (() => void) | undefined; children: ReactNode }) => (
  <button
    type="button"
    className="icon-button"
    aria-label={props.label}
    title={props.label}
    disabled={!props.onPress}
    onClick={props.onPress}
  >
    {props.children}
  </button>
)
