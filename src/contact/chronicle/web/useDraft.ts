import { useRef, useState } from 'react'
import type { FileAnswer } from '#platform/files/contract.ts'
import type { Draft as Values } from '#ui/formState.ts'
import type { channels, directions } from '../../interactions/rules.ts'

export type Draft = {
  channel: (typeof channels)[number]['value']
  direction: (typeof directions)[number]['value']
  summary: string
  contact_id: string | null
  /** Empty: just now. */
  at: string | null
  next: string
  day: string | null
  /** Files that the server keeps already. */
  files: readonly FileAnswer[]
  /** What administrators added to the note and to its next step. */
  added: Values
  nextAdded: Values
}

const blank: Draft = {
  channel: 'call',
  direction: 'out',
  summary: '',
  contact_id: null,
  at: null,
  next: '',
  day: null,
  files: [],
  added: {},
  nextAdded: {},
}

export const isBlank = ({ summary, next, day, files }: Draft) =>
  summary.trim() === '' && next.trim() === '' && day === null && files.length === 0

const keyOf = (customerId: string) => `zhike.note.${customerId}`

/** What is being written about a customer; it waits in this tab while one looks elsewhere. */
export const useDraft = (customerId: string) => {
  const [draft, setDraft] = useState(() => readDraft(customerId))
  // Files arrive while one types on, so a change builds on what is there by then.
  const latest = useRef(draft)
  const put = (next: Draft) => {
    latest.current = next
    setDraft(next)
    keepDraft(customerId, next)
  }
  return {
    draft,
    set: (change: Partial<Draft>) => put({ ...latest.current, ...change }),
    addFile: (file: FileAnswer) =>
      put({ ...latest.current, files: [...latest.current.files, file] }),
    put,
    clear: () => put({ ...blank, channel: latest.current.channel }),
  }
}

export const keepDraft = (customerId: string, draft: Draft) => {
  if (isBlank(draft)) sessionStorage.removeItem(keyOf(customerId))
  else sessionStorage.setItem(keyOf(customerId), JSON.stringify(draft))
}

export const readDraft = (customerId: string): Draft => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(customerId)) ?? 'null')
    return typeof kept === 'object' && kept !== null ? { ...blank, ...kept } : blank
  } catch {
    return blank
  }
}
