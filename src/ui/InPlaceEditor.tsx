import { useEffect } from 'react'
import { useLoaded } from './useLoaded.ts'
import type { EditorProps } from './ValueEditor.tsx'

// The inputs of all kinds weigh as much as the rest of a list.
const load = () => import('./ValueEditor.tsx')

/** The editor of one value over its place, once it is there. */
export const InPlaceEditor = (props: EditorProps) => {
  const loaded = useLoaded(load)
  return loaded ? <loaded.ValueEditor {...props} /> : null
}

/** Fetches the editor while values that it may change are read, so that the first key finds it there. */
export const useEditorSoon = (wanted: boolean) => {
  useEffect(() => {
    if (!wanted) return
    const wait = setTimeout(() => void load(), 500)
    return () => clearTimeout(wait)
  }, [wanted])
}
