import { type RefObject, useEffect, useRef } from 'react'
import { isFocusLost } from './useFocusBack.ts'

// What is opened from a card, which the keyboard comes back to.
const above = '[role=dialog], [role=menu], .ant-drawer'

type Place = {
  held: HTMLElement
  card: string
  column: string
  at: number
  /** Whoever works by mouse is not taken elsewhere on the screen. */
  seen: boolean
}

/**
 * The keyboard goes with its card to another column. Where a card has left the board, it is at the one
 * that took its place, else at the column. `busy` says that rows are on their way.
 */
export const useCardFocus = (
  board: RefObject<HTMLElement | null>,
  { openId, busy }: { openId: string | undefined; busy: boolean },
) => {
  const last = useRef<Place>(undefined)
  const opened = useRef(openId)
  // Whatever lay over the board has gone, and the keyboard with it.
  const closed = useRef(false)
  useEffect(() => {
    const listen = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return
      if (board.current?.contains(target)) last.current = placeOf(target)
      else if (!target.closest(above) && !isFocusLost()) last.current = undefined
    }
    document.addEventListener('focusin', listen)
    return () => document.removeEventListener('focusin', listen)
  }, [board])
  useEffect(() => {
    closed.current ||= opened.current !== undefined && openId === undefined
    opened.current = openId
    const { current: place } = last
    const lost = isFocusLost() && (closed.current || place?.held.isConnected === false)
    if (!place || !lost) {
      closed.current = false
      return
    }
    const target = board.current && standing(board.current, place, busy)
    if (!target) return
    closed.current = false
    target.focus({ preventScroll: !place.seen })
  })
}

const placeOf = (target: HTMLElement): Place | undefined => {
  const card = target.closest<HTMLElement>('[data-card]')
  const column = card?.closest<HTMLElement>('[data-column]')
  if (!card || !column) return undefined
  return {
    held: target,
    card: card.dataset.card ?? '',
    column: column.dataset.column ?? '',
    at: cardsOf(column).indexOf(card),
    seen: target.matches(':focus-visible'),
  }
}

const standing = (board: HTMLElement, place: Place, busy: boolean) => {
  const card = board.querySelector(`[data-card="${CSS.escape(place.card)}"]`)
  if (!card && busy) return null
  const column = board.querySelector<HTMLElement>(`[data-column="${CSS.escape(place.column)}"]`)
  const successor = column && (cardsOf(column)[place.at] ?? cardsOf(column).at(-1))
  const there = card ?? successor
  const control = place.held.matches('button') ? 'button' : 'a'
  const found = there?.querySelector<HTMLElement>(control) ?? there?.querySelector<HTMLElement>('a')
  return found ?? column?.querySelector<HTMLElement>('h2') ?? null
}

const cardsOf = (column: HTMLElement) => [...column.querySelectorAll<HTMLElement>('[data-card]')]
