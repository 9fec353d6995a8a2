import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { address } from '../door/client.ts'

// Several rows that change together are read anew together.
const gather = 300
// Whoever was away for longer reads all anew: rights may have changed, of which no line tells.
const longAway = 60_000
// A line that is refused, as while a server starts, is not opened anew by the browser.
const refusedFor = 10_000

/**
 * Keeps what is on the screen as it is stored: rows that changed are read anew quietly,
 * and so are the fields when somebody shapes them.
 */
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
          isRows(kind) &&
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
    // Who one is, and the fields as they are now, come with the same question.
    const reshape = () => {
      void client.invalidateQueries({ queryKey: ['fields'] })
      void client
        .refetchQueries({ queryKey: ['me'] })
        .then(() => client.invalidateQueries({ predicate: ({ queryKey: [kind] }) => isRows(kind) }))
    }
    // A line goes on where the one before had come to; without a place, all is read anew.
    let opened = false
    let place: string | undefined
    let heardAt = 0
    let again: ReturnType<typeof setTimeout> | undefined
    const arrive = ({ lastEventId }: MessageEvent) => {
      place = lastEventId
      heardAt = Date.now()
    }
    const open = () => {
      if (opened && (place === undefined || Date.now() - heardAt > longAway)) reshape()
      opened = true
    }
    // A browser has six connections to one server; pages out of sight need none.
    const follow = () => {
      clearTimeout(again)
      line?.close()
      line = undefined
      if (document.visibilityState !== 'visible') return
      const next = new EventSource(address('/live', { after: place }))
      next.onmessage = hear
      next.addEventListener('reshaped', reshape)
      next.addEventListener('place', arrive)
      next.onopen = open
      next.onerror = () => {
        if (next.readyState === EventSource.CLOSED) again = setTimeout(follow, refusedFor)
      }
      line = next
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      line?.close()
      clearTimeout(timer)
      clearTimeout(again)
    }
  }, [client])
}

const isRows = (kind: unknown) => kind === 'lists' || kind === 'record'
