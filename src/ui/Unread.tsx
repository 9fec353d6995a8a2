import { useMessages } from './locale.tsx'
import type { Row } from './recordColumns.ts'
import { useReasons } from './useReasons.ts'
import { words } from './words.ts'

type Doubt = { path: string; reason: string }

/** Why a value is there and cannot be read; undefined of all others. */
export const unreadOf = (row: Row, name: string): string | undefined => {
  const { warnings }: Row & { warnings?: unknown } = row
  const list: readonly Doubt[] = Array.isArray(warnings) ? warnings : []
  return list.find(({ path, reason }) => path === name && reason.startsWith('encrypted_'))?.reason
}

/** Stands where a value would: it is not empty, but encrypted with another secret, or damaged. */
export const Unread = ({ reason }: { reason: string }) => {
  const w = useMessages(words)
  const say = useReasons()
  return (
    <span className="late" title={say({ reason })}>
      {w.unread}
    </span>
  )
}
