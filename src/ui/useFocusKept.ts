import { type FocusEvent, useEffect, useRef } from 'react'

/**
 * Keeps the keyboard in a part of a page that is made of lines: when what had it goes, or a question
 * about that, it is in the line that takes its place, else at the first button of the part.
 */
export const useFocusKept = () => {
  const ref = useRef<HTMLDivElement>(null)
  const last = useRef<{ held: Element; line: number }>(undefined)
  useEffect(() => {
    const { current: was } = last
    if (!was || was.held.isConnected || document.activeElement !== document.body) return
    if (document.querySelector('[role=dialog]')) return
    const lines = linesOf(ref.current)
    const line = was.line < 0 ? undefined : (lines[was.line] ?? lines.at(-1))
    const button = line?.querySelector('button') ?? ref.current?.querySelector('button')
    button?.focus({ preventScroll: true })
  })
  // A dialog that is opened from here is heard here too, and is of the line that had the keyboard before.
  const onFocus = ({ target, currentTarget }: FocusEvent) => {
    const own = currentTarget.contains(target)
    const line = own
      ? linesOf(ref.current).findIndex((each) => each.contains(target))
      : (last.current?.line ?? -1)
    last.current = { held: target, line }
  }
  return { ref, onFocus }
}

const linesOf = (part: HTMLElement | null) => [...(part?.querySelectorAll('li') ?? [])]
