import { useState } from 'react'
import { useClock } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { sayClock } from '#ui/time.ts'
import { EventEntry } from './EventEntry.tsx'
import { chronicleWords } from './messages.ts'
import type { EventTold } from './order.ts'

// Shown of a long run; a run of one more is shown whole, as the button would take its place.
const shown = 2

/** Changes in a row: the newest stand open, the others wait behind one line. */
export const EventRun = ({ events }: { events: readonly EventTold[] }) => {
  const w = useMessages(chronicleWords)
  const clock = useClock()
  const [whole, setWhole] = useState(false)
  const folded = !whole && events.length > shown + 1
  const open = folded ? events.slice(0, shown) : events
  const timeOf = (told: EventTold | undefined) => told && sayClock(told.at, clock)
  return (
    <>
      {open.map((told, place) => (
        <EventEntry
          key={told.event.id}
          at={told.at}
          event={told.event}
          sameTime={place > 0 && timeOf(told) === timeOf(open[place - 1])}
        />
      ))}
      {folded && (
        <li className="entry entry-event">
          <span className="entry-time" />
          <span className="entry-mark" aria-hidden="true">
            <i />
          </span>
          <div className="entry-body">
            <button type="button" className="link" onClick={() => setWhole(true)}>
              {w.moreChanges(events.length - shown)}
            </button>
          </div>
        </li>
      )}
    </>
  )
}
