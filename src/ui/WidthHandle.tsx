import { type PointerEvent, useRef } from 'react'
import { columnWidths } from '#platform/views/model.ts'
import { listWords } from './listWords.ts'
import { useMessages } from './locale.tsx'

type Props = { label: string; width: number; onWidth: (width: number) => void }

// One press of an arrow key.
const step = 16

/** The right edge of a heading: drawn with the pointer, or moved with the arrows. */
export const WidthHandle = ({ label, width, onWidth }: Props) => {
  const w = useMessages(listWords)
  const start = useRef<{ x: number; width: number }>(undefined)
  const set = (wanted: number) =>
    onWidth(Math.round(Math.min(Math.max(wanted, columnWidths.least), columnWidths.most)))
  const end = (event: PointerEvent<HTMLElement>) => {
    const from = start.current
    start.current = undefined
    if (from && from.x !== event.clientX) set(from.width + event.clientX - from.x)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between lines cannot be moved
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={w.resize(label)}
      aria-valuenow={width}
      aria-valuemin={columnWidths.least}
      aria-valuemax={columnWidths.most}
      tabIndex={0}
      className="width-handle"
      onPointerDown={(event) => {
        event.preventDefault()
        const shown = event.currentTarget.parentElement?.offsetWidth ?? width
        start.current = { x: event.clientX, width: shown }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerUp={end}
      onPointerCancel={() => {
        start.current = undefined
      }}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -step, ArrowRight: step }[event.key]
        if (!by) return
        event.preventDefault()
        event.stopPropagation()
        set(width + by)
      }}
    />
  )
}
