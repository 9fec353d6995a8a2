import type { ReactNode } from 'react'

/** Short facts on one line, a point between them; what is not known is left out. */
export const Parts = ({ of, className }: { of: readonly ReactNode[]; className?: string }) => (
  <span className={className ? `parts ${className}` : 'parts'}>
    {of
      .filter((part) => part !== undefined && part !== null && part !== '' && part !== false)
      .map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the line
        <span key={place}>{part}</span>
      ))}
  </span>
)
