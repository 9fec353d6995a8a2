import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { address } from '../door/client.ts'

// Several rows that change together are read anew together.
const gather = 300

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
    // A line tells what happens from now on; what happened while there was none is read anew.
    let opened = false
    const open = () => {
      if (opened) reshape()
      opened = true
    }
    // A browser has six connections to one server; pages out of sight need none.
    const follow = () => {
      line?.close()
      line = undefined
      if (document.visibilityState !== 'visible') return
      line = new EventSource(address('/live'))
      line.onmessage = hear
      line.addEventListener('reshaped', reshape)
      line.onopen = open
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

const isRows = (kind: unknown) => kind === 'lists' || kind === 'record'
