import { useEffect, useState } from 'react'

/** Gives the keyboard back to whatever had it before this was shown, unless something else took it. */
export const useFocusBack = () => {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    },
    [before],
  )
}
