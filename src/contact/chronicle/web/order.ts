import type { Entry } from '../contract.ts'
import type { Note } from './useNotes.ts'

export type EventTold = Extract<Entry, { type: 'event' }>
/** What the chronicle tells: entries of the server, and notes that are on their way to it. */
export type Told = Entry | { type: 'note'; at: string; note: Note }

/** Entries of the same calendar day together, in the order they came. */
export const byDay = <E extends { at: string }>(
  entries: readonly E[],
  dayOf: (at: string) => string,
) => {
  const days: { day: string; entries: E[] }[] = []
  for (const entry of entries) {
    const day = dayOf(entry.at)
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}

type Run = { key: string; events: EventTold[] }
type Said = Exclude<Told, EventTold>

/** Events that nobody spoke between stand together, so that a busy hour of typing hides no word. */
export const inRuns = (entries: readonly Told[]): readonly (Said | Run)[] => {
  const parts: (Said | Run)[] = []
  let run: Run | undefined
  for (const entry of entries) {
    if (entry.type !== 'event') {
      parts.push(entry)
      run = undefined
    } else if (run) run.events.push(entry)
    else {
      run = { key: entry.event.id, events: [entry] }
      parts.push(run)
    }
  }
  return parts
}
