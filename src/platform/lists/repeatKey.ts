import { useRef } from 'react'
import { newRepeatKey } from '../door/repeatKey.ts'

/**
 * Gives the idempotency key of a body: the same for the same content, so that a repeat after a lost
 * answer makes nothing twice, and another one as soon as the content is another. `renew` forgets it.
 */
export const useRepeatKey = () => {
  const last = useRef({ text: '', key: '' })
  return {
    keyOf: (body: unknown) => {
      const text = JSON.stringify(body)
      if (last.current.text !== text) last.current = { text, key: newRepeatKey() }
      return last.current.key
    },
    renew: () => {
      last.current = { text: '', key: '' }
    },
  }
}
