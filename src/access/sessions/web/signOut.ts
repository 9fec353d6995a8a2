import { useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'

/** Ends the session and forgets everything that was read in it. */
export const useSignOut = () => {
  const client = useQueryClient()
  return () => {
    const leave = async () => {
      await call('DELETE', '/session')
      // A fresh page: nothing of the person before stays in memory.
      client.clear()
      window.location.assign('/')
    }
    void leave()
  }
}
