import { useSyncExternalStore } from 'react'

// The frame folds to a phone's below this width; the stylesheet has the same number.
const query = '(max-width: 767.98px)'

const follow = (changed: () => void) => {
  const media = window.matchMedia(query)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** Whether the screen is a phone's, or a desktop's at high zoom. */
export const useNarrow = () => useSyncExternalStore(follow, () => window.matchMedia(query).matches)
