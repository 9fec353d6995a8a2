import { useEffect, useId } from 'react'

/** The forms that hold something typed; whoever leaves the page is asked first. */
const open = new Set<string>()

export const isUnsaved = () => open.size > 0
/** What was typed is saved or given up: leaving asks nothing. */
export const letGo = () => open.clear()

/** Holds the page while a form holds what is not saved; gives what takes hold again after a refusal. */
export const useUnsaved = (dirty: boolean) => {
  const id = useId()
  useEffect(() => {
    if (!dirty) return
    open.add(id)
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => {
      open.delete(id)
      window.removeEventListener('beforeunload', warn)
    }
  }, [dirty, id])
  return () => {
    open.add(id)
  }
}
