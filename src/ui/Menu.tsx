import { Popover } from 'antd'
import {
  type ComponentRef,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useRef,
  useState,
} from 'react'
import { Anchor } from './Anchor.tsx'

export type MenuItem = {
  key: string
  label: ReactNode
  icon?: ReactNode
  hint?: ReactNode
  href?: string
  /** A file to save rather than a page to open. */
  download?: boolean
  danger?: boolean
  disabled?: boolean
  checked?: boolean
  run?: () => void
}

type Props = {
  label: string
  items: readonly (MenuItem | 'line')[]
  head?: ReactNode
  placement?: 'bottomLeft' | 'bottomRight' | 'topLeft' | 'topRight' | 'rightBottom'
  children: ReactElement
}

/** A small menu behind a button; arrows move, Escape returns to the button. */
export const Menu = ({ label, items, head, placement = 'bottomRight', children }: Props) => {
  const [open, setOpen] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const around = useRef<ComponentRef<typeof Popover>>(null)
  // What the entry opens gives the keyboard back to the button when it goes; the entry is gone by then.
  const close = () => {
    setOpen(false)
    around.current?.nativeElement.focus()
  }
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') return close()
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const entries = [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
    const at = entries.findIndex((entry) => entry.matches(':focus'))
    entries.at((at + step) % entries.length)?.focus()
  }
  return (
    <Popover
      ref={around}
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement={placement}
      arrow={false}
      destroyOnHidden
      classNames={{ root: 'menu-pop' }}
      afterOpenChange={(shown) =>
        shown && list.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
      }
      content={
        <div
          ref={list}
          className="menu"
          role="menu"
          aria-label={label}
          onKeyDown={move}
          tabIndex={-1}
        >
          {head && <div className="menu-head">{head}</div>}
          {items.map((item, place) =>
            item === 'line' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
              <hr key={place} />
            ) : (
              <Entry key={item.key} item={item} close={close} />
            ),
          )}
        </div>
      }
    >
      {children}
    </Popover>
  )
}

const Entry = ({ item, close }: { item: MenuItem; close: () => void }) => {
  const inside = (
    <>
      {item.icon}
      <span className="menu-word">{item.label}</span>
      {item.hint && <span className="menu-hint">{item.hint}</span>}
      {item.checked && <span aria-hidden="true">✓</span>}
    </>
  )
  if (item.href && item.download)
    return (
      <a className="menu-item" role="menuitem" href={item.href} download onClick={close}>
        {inside}
      </a>
    )
  if (item.href)
    return (
      <Anchor className="menu-item" role="menuitem" href={item.href} onClick={close}>
        {inside}
      </Anchor>
    )
  return (
    <button
      type="button"
      className="menu-item"
      {...(item.checked === undefined
        ? { role: 'menuitem' }
        : { role: 'menuitemradio', 'aria-checked': item.checked })}
      data-danger={item.danger || undefined}
      // Focusable all the same: whoever goes through the menu by keyboard reads why it is closed.
      aria-disabled={item.disabled}
      onClick={() => {
        if (item.disabled) return
        close()
        item.run?.()
      }}
    >
      {inside}
    </button>
  )
}
