import { useEffect, useState } from 'react'

/**
 * Gives the keyboard back to whatever had it before this was shown, unless something else took it.
 * Where that is gone meanwhile, the page has it if `page` says so.
 */
export const useFocusBack = ({ page = false } = {}) => {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (document.activeElement !== document.body || !(before instanceof HTMLElement)) return
      if (before.isConnected) before.focus({ preventScroll: true })
      else if (page) focusPage()
    },
    [before, page],
  )
}

/** Whatever has the keyboard is gone, and nothing in particular has got it. */
export const isFocusLost = () =>
  document.activeElement === document.body || document.activeElement === pageItself()

export const focusPage = () => pageItself()?.focus({ preventScroll: true })

const pageItself = () => document.getElementById('content')
