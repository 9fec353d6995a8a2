import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Place } from '#platform/lists/place.ts'
import { useLocale, useMessages } from './locale.tsx'
import { sayCount } from './numbers.ts'
import { usePageKeys } from './rowKeys.ts'
import { words } from './words.ts'

type Neighbour = NonNullable<Place['next']>
type Props = {
  place: Place | undefined
  onGo: (to: Neighbour) => void
  /** Off while the keys belong to something else. */
  keys?: boolean
}

/** Goes through the list that a record was opened from, and says how far one is. */
export const RecordSteps = ({ place, onGo, keys = true }: Props) => {
  const w = useMessages(words)
  const locale = useLocale()
  const to = (neighbour: Neighbour | null | undefined) =>
    neighbour ? () => onGo(neighbour) : undefined
  const [previous, next] = [to(place?.previous), to(place?.next)]
  const press = (act: (() => void) | undefined) => (event: KeyboardEvent) => {
    event.preventDefault()
    act?.()
  }
  usePageKeys(
    [
      ...['[', 'k', 'Alt+ArrowUp'].map((key) => [key, press(previous)] as const),
      ...[']', 'j', 'Alt+ArrowDown'].map((key) => [key, press(next)] as const),
    ],
    keys,
  )
  if (!place) return null
  const { position, total } = place
  return (
    <span className="record-steps">
      <Step label={w.previous} onPress={previous}>
        <ChevronUp />
      </Step>
      <Step label={w.next} onPress={next}>
        <ChevronDown />
      </Step>
      <span className="quiet" aria-live="polite">
        {position
          ? w.placeOf(sayCount(position, locale), sayCount(total, locale))
          : w.placeOutside(sayCount(total, locale))}
      </span>
    </span>
  )
}

const Step = (props: { label: string; onPress: (() => void) | undefined; children: ReactNode }) => (
  <button
    type="button"
    className="icon-button"
    aria-label={props.label}
    title={props.label}
    disabled={!props.onPress}
    onClick={props.onPress}
  >
    {props.children}
  </button>
)
