import { useSyncExternalStore } from 'react'

const following = (query: string) => (changed: () => void) => {
  const media = window.matchMedia(query)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** Whether a media query holds, followed while it changes. The query is a constant of its caller. */
const watching = (query: string) => {
  const follow = following(query)
  return () => useSyncExternalStore(follow, () => window.matchMedia(query).matches)
}

// The frame folds to a phone's below this width; the stylesheet has the same number.
/** Whether the screen is a phone's, or a desktop's at high zoom. */
export const useNarrow = watching('(max-width: 767.98px)')

export const useDark = watching('(prefers-color-scheme: dark)')

/** Whether the person asked the system for stillness. */
export const useStill = watching('(prefers-reduced-motion: reduce)')
