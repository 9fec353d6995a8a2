import { type RefObject, useEffect, useRef } from 'react'
import type { Cursor, Grid, Row, TableProps } from './recordColumns.ts'
import type { Presence } from './tableKeys.ts'
import { focusPage, isFocusLost } from './useFocusBack.ts'

/**
 * The keyboard's place in a table follows the record that is open over it; whoever closes that is in its
 * row, or in the one that took its place.
 */
export const useOpenedRow = <R extends Row>(
  { openId, source, lead }: TableProps<R>,
  cursor: Cursor<R>,
  body: Grid<R>['body'],
  scroll: RefObject<HTMLElement | null>,
  { enter }: Presence,
) => {
  const opened = useRef<string>(undefined)
  useEffect(() => {
    const { current: was } = opened
    if (was === openId) return
    if (openId !== undefined) {
      const [place] = [...source.placed].find(([, { id }]) => id === openId) ?? []
      if (place === undefined) return
      opened.current = openId
      if (was !== undefined) body.scrollToIndex(place)
      if (source.at(cursor.place)?.id !== openId) cursor.set(place, lead.field)
      return
    }
    opened.current = undefined
    if (!isFocusLost() && !scroll.current?.contains(document.activeElement)) return
    if (!scroll.current) return focusPage()
    const { startIndex = 0, endIndex = 0 } = body.range ?? {}
    const seen = cursor.place >= startIndex && cursor.place <= endIndex
    // Whoever scrolled elsewhere meanwhile is left there; the next key goes on from the row.
    if (seen) cursor.visit(cursor.place, lead.field)
    else enter()
  })
}
