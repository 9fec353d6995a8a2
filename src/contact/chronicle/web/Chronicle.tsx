import { useEffect, useRef, useState } from 'react'
import type { SectionProps } from '#customers/customers/slots.ts'
import { useClock, useDirectory } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { dayOf, daysBetween, longDay } from '#ui/time.ts'
import type { Entry } from '../contract.ts'
import { Composer } from './Composer.tsx'
import { EventEntry } from './EventEntry.tsx'
import { InteractionEntry } from './InteractionEntry.tsx'
import { chronicleWords } from './messages.ts'
import { NoteEntry } from './NoteEntry.tsx'
import { byDay, useChronicle } from './useChronicle.ts'
import { useDraft } from './useDraft.ts'
import { type Note, useNotes } from './useNotes.ts'
import './chronicle.css'

/** What was said with a customer and what happened to the record, with the line to write on top. */
export const Chronicle = ({ record, begun }: SectionProps) => {
  const w = useMessages(chronicleWords)
  const { may } = useDirectory()
  const chronicle = useChronicle(record.id)
  const writing = useDraft(record.id)
  const { notes, add, retry, drop } = useNotes(record.id)
  const [only, setOnly] = useOnlySaid()
  const mayNote = may('interactions.create')
  const entries = chronicle.entries.filter((entry) => !only || entry.type === 'interaction')
  const told: readonly Told[] = [
    ...notes.map((note) => ({ type: 'note' as const, at: note.at, note })),
    ...entries,
  ]
  const nothing = chronicle.state === 'ready' && told.length === 0 && !chronicle.more
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
        {nothing && (
          <Empty drawing="desk" title={w.none} text={mayNote ? w.noneText : w.noneToSee} />
        )}
        <Days
          told={told}
          onRetry={retry}
          onTakeBack={(note) => {
            drop(note.key)
            writing.put(note.draft)
          }}
        />
        {chronicle.state === 'ready' && !nothing && (
          <End more={chronicle.more} onReached={chronicle.loadMore} shown={told.length} />
        )}
      </div>
    </section>
  )
}

type Told = Entry | { type: 'note'; at: string; note: Note }

const Days = (props: {
  told: readonly Told[]
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
        {entries.map((told) => {
          if (told.type === 'event') return <EventEntry key={told.event.id} {...told} />
          if (told.type === 'interaction')
            return <InteractionEntry key={told.interaction.id} row={told.interaction} />
          return (
            <NoteEntry
              key={told.note.key}
              note={told.note}
              onRetry={() => props.onRetry(told.note)}
              onTakeBack={() => props.onTakeBack(told.note)}
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

const End = (props: { more: boolean; shown: number; onReached: () => void }) => {
  const w = useMessages(chronicleWords)
  const element = useRef<HTMLDivElement>(null)
  const reached = useRef(props.onReached)
  reached.current = props.onReached
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that filled too little asks for the next
  useEffect(() => {
    if (!props.more || !element.current) return
    const watch = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && reached.current(),
      { rootMargin: ahead },
    )
    watch.observe(element.current)
    return () => watch.disconnect()
  }, [props.more, props.shown])
  return (
    <div ref={element} className="list-end">
      {props.more ? <SkeletonText lines={2} /> : w.end}
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
