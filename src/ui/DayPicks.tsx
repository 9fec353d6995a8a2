import { useDirectory } from './directory.tsx'
import { useLocale, useMessages } from './locale.tsx'
import { addDays, longDay, nextMonday } from './time.ts'
import { words } from './words.ts'

/** The days that a next step is usually set for, one press each, and any other from the calendar. */
export const DayPicks = (props: {
  label: string
  value: string | null
  onChange: (day: string | null) => void
}) => {
  const w = useMessages(words)
  const locale = useLocale()
  const { today } = useDirectory()
  const picks = [
    { day: addDays(today, 1), word: w.tomorrow },
    { day: addDays(today, 3), word: w.inThreeDays },
    { day: nextMonday(today), word: w.nextMonday },
  ].filter(({ day }, place, all) => all.findIndex((each) => each.day === day) === place)
  const other = props.value !== null && !picks.some(({ day }) => day === props.value)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a line
    <div className="day-picks" role="group" aria-label={props.label}>
      {picks.map(({ day, word }) => (
        <button
          key={day}
          type="button"
          className="pick-chip"
          title={longDay(day, today, locale)}
          aria-pressed={props.value === day}
          onClick={() => props.onChange(props.value === day ? null : day)}
        >
          {word}
        </button>
      ))}
      <span className="pick-chip" data-on={other || undefined}>
        {other && props.value ? longDay(props.value, today, locale) : w.otherDay}
        <input
          type="date"
          aria-label={w.otherDay}
          min={today}
          max="2999-12-31"
          value={props.value ?? ''}
          onClick={(event) => event.currentTarget.showPicker?.()}
          onChange={(event) => props.onChange(event.target.value || null)}
        />
      </span>
    </div>
  )
}
