import { Button, Checkbox } from 'antd'
import { Trash2 } from 'lucide-react'
import type { BinEntry } from '#platform/bin/contract.ts'
import { nameOf, useClock, useDirectory } from '#ui/directory.tsx'
import { kindLabel } from '#ui/kinds.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { fullInstant, sayInstant } from '#ui/time.ts'
import { recycleWords } from './messages.ts'

// From here on it is worth a look.
const soonDays = 3

/** One thing that was deleted: what, of whom, by whom and when, and how long it stays. */
export const BinLine = (props: {
  entry: BinEntry
  chosen: boolean
  onChoose: (on: boolean) => void
  onRestore: () => void
  onErase: (() => void) | undefined
}) => {
  const { entry } = props
  const w = useMessages(recycleWords)
  const label = useLabel()
  const clock = useClock()
  const { people } = useDirectory()
  const name = entry.title ?? w.unnamed
  const who = entry.created_by === null ? w.system : (nameOf(people, entry.created_by) ?? w.system)
  const along = entry.along.map((each) => w.count(label(kindLabel(each.entity)), each.count))
  return (
    <li className="bin-line">
      <Checkbox
        checked={props.chosen}
        aria-label={w.select(name)}
        onChange={(event) => props.onChoose(event.target.checked)}
      />
      <span className="bin-words">
        <span className="bin-name">
          <span className="bin-kind-name">{label(kindLabel(entry.entity))}</span>
          <span className={entry.title === undefined ? 'quiet' : undefined}>{name}</span>
        </span>
        <Parts
          className="lead-line"
          of={[
            entry.customer_name && w.of(entry.customer_name),
            entry.customer_gone && w.gone,
            <time
              key="when"
              dateTime={entry.created_at}
              title={fullInstant(entry.created_at, clock)}
            >
              {w.by(who, sayInstant(entry.created_at, clock))}
            </time>,
            entry.cause === 'hand' ? undefined : w[entry.cause],
            along.length > 0 && w.along(along.join(' · ')),
          ]}
        />
      </span>
      <span className={`bin-left ${entry.days_left <= soonDays ? 'soon' : 'quiet'}`}>
        {w.left(entry.days_left)}
      </span>
      <Button aria-label={`${w.restore} ${name}`} onClick={props.onRestore}>
        {w.restore}
      </Button>
      {props.onErase && (
        <button
          type="button"
          className="icon-button"
          aria-label={`${w.erase} ${name}`}
          title={w.erase}
          onClick={props.onErase}
        >
          <Trash2 />
        </button>
      )}
    </li>
  )
}
