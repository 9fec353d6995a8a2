import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useMessages } from './locale.tsx'
import { words } from './words.ts'

// Long enough to see that it was done.
const stay = 1600

/** Puts a text on the clipboard and says so in its own place. */
export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const w = useMessages(words)
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const wait = setTimeout(() => setCopied(false), stay)
    return () => clearTimeout(wait)
  }, [copied])
  const label = copied ? w.copied : w.copy(what)
  return (
    <button
      type="button"
      className="icon-button copy"
      aria-label={label}
      title={label}
      aria-live="polite"
      onClick={async () => setCopied(await copy(text))}
    >
      {copied ? <Check /> : <Copy />}
    </button>
  )
}

const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

/** At a plain http address of the office the browser offers no clipboard; a selection can be copied. */
const copyBySelection = (text: string) => {
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  const { activeElement } = document
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (activeElement instanceof HTMLElement) activeElement.focus()
  return done
}
