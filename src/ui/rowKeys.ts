import { useLayoutEffect, useRef } from 'react'
import { flushSync } from 'react-dom'

/** A key as the browser names it, with `Alt+` before it where that is held. */
type Key = readonly [key: string, act: (event: KeyboardEvent) => void]

const editing = 'input, textarea, select, [contenteditable=true], [role=combobox], [role=menu]'
const above =
  'dialog[open], .drawer-form, .ant-modal-wrap:not([style*="display: none"]), .ant-popover:not(.ant-popover-hidden)'

let waiting: KeyboardEvent[] | undefined
let began: Event | undefined
// Whatever was to come is there by then, or does not come.
const longest = 2000

/** What a key has begun is still on its way, such as another address: the keys that follow are for it. */
export const holdKeys = (event: Event) => {
  waiting ??= []
  began = event
  setTimeout(() => began === event && releaseKeys(), longest)
}

/** It is there; the keys pressed meanwhile are heard now. */
export const releaseKeys = () => {
  const keys = waiting ?? []
  waiting = undefined
  began = undefined
  for (const { key, altKey, shiftKey } of keys)
    document.dispatchEvent(new KeyboardEvent('keydown', { key, altKey, shiftKey }))
}

/** Single keys for the page below: silent while somebody types or a dialog lies above. */
export const usePageKeys = (keys: readonly Key[], enabled = true) => {
  const latest = useRef(keys)
  latest.current = keys
  // As soon as the page is seen: whoever is quick presses before the browser has painted it.
  useLayoutEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.isComposing) return
      if (event.defaultPrevented) return
      const { target } = event
      if (target instanceof Element && target.matches(editing)) return
      if (document.querySelector(above)) return
      if (waiting && event !== began) {
        if (!waiting.includes(event)) waiting.push(event)
        return
      }
      const pressed = event.altKey ? `Alt+${event.key}` : event.key
      const act = latest.current.find(([key]) => key === pressed)?.[1]
      // What a key does holds at once: the next one may follow before anything is drawn.
      if (act) flushSync(() => act(event))
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [enabled])
}
