import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { address } from '../door/client.ts'

// Several rows that change together are read anew together.
const gather = 300

/** Keeps what is on the screen as it is stored: rows that changed are read anew quietly. */
export const useLive = () => {
  const client = useQueryClient()
  useEffect(() => {
    let line: EventSource | undefined
    const waiting = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer = undefined
      const kinds = new Set(waiting)
      waiting.clear()
      void client.invalidateQueries({
        predicate: ({ queryKey: [kind, place] }) =>
          (kind === 'lists' || kind === 'record') &&
          typeof place === 'string' &&
          [...kinds].some((each) => place.includes(each)),
      })
    }
    const hear = ({ data }: MessageEvent) => {
      const change: unknown = JSON.parse(String(data))
      if (typeof change !== 'object' || change === null || !('plural' in change)) return
      waiting.add(`/${change.plural}`)
      timer ??= setTimeout(refresh, gather)
    }
    // A browser has six connections to one server; pages out of sight need none.
    const follow = () => {
      line?.close()
      line = undefined
      if (document.visibilityState !== 'visible') return
      line = new EventSource(address('/live'))
      line.onmessage = hear
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      line?.close()
      clearTimeout(timer)
    }
  }, [client])
}
