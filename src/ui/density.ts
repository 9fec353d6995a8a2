import { useSyncExternalStore } from 'react'

type Density = 'normal' | 'compact'

const stored = 'zhike.density'
const changed = new EventTarget()

const follow = (act: () => void) => {
  changed.addEventListener('change', act)
  return () => changed.removeEventListener('change', act)
}
const read = (): Density => (localStorage.getItem(stored) === 'compact' ? 'compact' : 'normal')

/** How close the rows of a table stand; kept in this browser. */
export const useDensity = () => useSyncExternalStore(follow, read)

export const chooseDensity = (density: Density) => {
  localStorage.setItem(stored, density)
  changed.dispatchEvent(new Event('change'))
}
