import type { ReactNode } from 'react'
import type { RowSource } from '#platform/lists/window.ts'
import { useLocale, useMessages } from './locale.tsx'
import { sayNumber } from './numbers.ts'
import { words } from './words.ts'

export const TableFoot = <R,>(props: {
  source: RowSource<R>
  span: number
  /** Stands for how many there are. */
  foot: ReactNode
}) => (
  <tfoot>
    <tr>
      <td colSpan={props.span}>{props.foot ?? <EndOfList source={props.source} />}</td>
    </tr>
  </tfoot>
)

/** Says that more is coming, or that this is all. */
export const EndOfList = <R,>({ source }: { source: RowSource<R> }) => {
  const w = useMessages(words)
  const locale = useLocale()
  if (source.state !== 'ready') return null
  return (
    <p className="list-end">
      {source.more ? w.loadedMore : w.end(sayNumber(source.known, locale))}
    </p>
  )
}
