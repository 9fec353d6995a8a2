import { useEffect, useRef, useState } from 'react'
import { useContacts } from '#customers/contacts/web/useContacts.ts'
import type { SectionProps } from '#customers/customers/slots.ts'
import { useClock, useDirectory } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { dayOf, daysBetween, longDay } from '#ui/time.ts'
import { Composer } from './Composer.tsx'
import { EventRun } from './EventRun.tsx'
import { InteractionEntry } from './InteractionEntry.tsx'
import { chronicleWords } from './messages.ts'
import { NoteEntry } from './NoteEntry.tsx'
import { byDay, inRuns, type Told } from './order.ts'
import { useChronicle } from './useChronicle.ts'
import { useDraft } from './useDraft.ts'
import { type Note, useNotes } from './useNotes.ts'
import './chronicle.css'

// Fewer entries than this are seen at once; nobody wonders whether there are more.
const aScreen = 8

/** What was said with a customer and what happened to the record, with the line to write on top. */
export const Chronicle = ({ record, begun }: SectionProps) => {
  const w = useMessages(chronicleWords)
  const { may } = useDirectory()
  const chronicle = useChronicle(record.id)
  const writing = useDraft(record.id)
  const { notes, add, retry, drop } = useNotes(record.id)
  const [only, setOnly] = useOnlySaid()
  const { rows } = useContacts(record.id)
  const contacts = new Map(rows.map(({ id, name }) => [id, name]))
  const mayNote = may('interactions.create')
  const entries = chronicle.entries.filter((entry) => !only || entry.type === 'interaction')
  const told: readonly Told[] = [
    ...notes.map((note) => ({ type: 'note' as const, at: note.at, note })),
    ...entries,
  ]
  const whole = chronicle.state === 'ready' && !chronicle.more
  const nothing = whole && told.every(({ type }) => type === 'event')
  return (
    <section className="chronicle" aria-label={w.chronicle}>
      {mayNote && (
        <Composer
          customerId={record.id}
          writing={writing}
          begun={begun}
          onSend={(draft) => {
            add(draft)
            writing.clear()
          }}
        />
      )}
      <h2 className="unseen">{w.chronicle}</h2>
      <div className="chronicle-body">
        {chronicle.entries.some((entry) => entry.type === 'event') && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would not stand at the right of a line
          <div className="chronicle-view" role="group" aria-label={w.show}>
            <button type="button" aria-pressed={!only} onClick={() => setOnly(false)}>
              {w.everything}
            </button>
            <button type="button" aria-pressed={only} onClick={() => setOnly(true)}>
              {w.onlySaid}
            </button>
          </div>
        )}
        {chronicle.state === 'loading' && <SkeletonText lines={8} />}
        {chronicle.state === 'failed' && (
          <Failure failure={chronicle.failure} onRetry={chronicle.retry} />
        )}
        <Days
          told={told}
          contacts={contacts}
          onRetry={retry}
          onTakeBack={(note) => {
            drop(note.key)
            writing.put(note.draft)
          }}
        />
        {nothing && (
          <Empty drawing="desk" title={w.none} text={mayNote ? w.noneText : w.noneToSee} />
        )}
        {chronicle.more && <More onReached={chronicle.loadMore} shown={told.length} />}
        {whole && told.length > aScreen && <p className="list-end">{w.end}</p>}
      </div>
    </section>
  )
}

const Days = (props: {
  told: readonly Told[]
  contacts: ReadonlyMap<string, string>
  onRetry: (note: Note) => void
  onTakeBack: (note: Note) => void
}) => {
  const { timeZone } = useClock()
  return byDay(props.told, (at) => dayOf(new Date(at), timeZone)).map(({ day, entries }) => (
    <section key={day} className="chronicle-day">
      <h3>
        <DayName day={day} />
      </h3>
      <ol>
        {inRuns(entries).map((part) => {
          if ('events' in part) return <EventRun key={part.key} events={part.events} />
          if (part.type === 'interaction')
            return (
              <InteractionEntry
                key={part.interaction.id}
                row={part.interaction}
                contacts={props.contacts}
              />
            )
          return (
            <NoteEntry
              key={part.note.key}
              note={part.note}
              onRetry={() => props.onRetry(part.note)}
              onTakeBack={() => props.onTakeBack(part.note)}
            />
          )
        })}
      </ol>
    </section>
  ))
}

const DayName = ({ day }: { day: string }) => {
  const w = useMessages(chronicleWords)
  const { today } = useDirectory()
  const { locale } = useClock()
  const said = longDay(day, today, locale)
  const near = { 0: w.today, 1: w.yesterday }[daysBetween(day, today)]
  return near ? (
    <>
      {near} <span className="quiet">{said}</span>
    </>
  ) : (
    said
  )
}

// Asked for while this much lies below the lower edge, so that one seldom waits.
const ahead = '600px'

const More = (props: { shown: number; onReached: () => void }) => {
  const element = useRef<HTMLDivElement>(null)
  const reached = useRef(props.onReached)
  reached.current = props.onReached
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that filled too little asks for the next
  useEffect(() => {
    if (!element.current) return
    const watch = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && reached.current(),
      { rootMargin: ahead },
    )
    watch.observe(element.current)
    return () => watch.disconnect()
  }, [props.shown])
  return (
    <div ref={element}>
      <SkeletonText lines={2} />
    </div>
  )
}

const stored = 'zhike.chronicle'

/** Whether changes of the record are left out; kept in this browser. */
const useOnlySaid = () => {
  const [only, setOnly] = useState(() => localStorage.getItem(stored) === 'said')
  const choose = (next: boolean) => {
    localStorage.setItem(stored, next ? 'said' : 'all')
    setOnly(next)
  }
  return [only, choose] as const
}
