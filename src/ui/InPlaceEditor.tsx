import { useEffect } from 'react'
import { useLoaded } from './useLoaded.ts'
import type { EditorProps } from './ValueEditor.tsx'

// The inputs of all kinds weigh as much as the rest of a list.
let there: typeof import('./ValueEditor.tsx') | undefined
const load = async () => {
  there = await import('./ValueEditor.tsx')
  return there
}

/** The editor of one value over its place, once it is there. */
export const InPlaceEditor = (props: EditorProps) => {
  // At once where it was fetched before, so that it takes the very next key.
  const loaded = useLoaded(load) ?? there
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
