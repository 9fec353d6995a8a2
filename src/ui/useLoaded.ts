import { useEffect, useState } from 'react'

/**
 * A module fetched when it is needed; undefined until it is there. Unlike `lazy` it keeps the type
 * parameters of what it loads, and shows what is there already without a pause.
 */
export const useLoaded = <M>(load: () => Promise<M>) => {
  const [loaded, setLoaded] = useState<M>()
  useEffect(() => void load().then((module) => setLoaded(module)), [load])
  return loaded
}
