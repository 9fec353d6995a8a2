import { type Field, isList, isWritten } from '#platform/fields/field.ts'
import { nameOf, useClock, useDirectory } from '#ui/directory.tsx'
import { FieldValue } from '#ui/FieldValue.tsx'
import { kindNamed } from '#ui/kinds.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { fullInstant, sayClock } from '#ui/time.ts'
import { type Change, changesOf } from './changes.ts'
import { chronicleWords } from './messages.ts'
import type { Happening } from './useChronicle.ts'
import { useDeed } from './useDeed.ts'

/** What happened to the record, in a sentence: who, what, from what to what. */
export const EventEntry = (props: {
  at: string
  event: Happening
  /** The entry above happened in the same minute, so the time is not said again. */
  sameTime: boolean
}) => {
  const { at, event, sameTime } = props
  const w = useMessages(chronicleWords)
  const clock = useClock()
  const { people } = useDirectory()
  const deed = useDeed()(event)
  const who = event.actor_id === null ? undefined : nameOf(people, event.actor_id)
  const changes = (event.kind.endsWith('.updated') ? changesOf(event.payload) : [])
    .flatMap(({ name, ...change }) => {
      const field = fieldOf(event.subject_kind, name)
      return field ? [{ ...change, name, field }] : []
    })
    .sort((a, b) => Number(isLong(a.field)) - Number(isLong(b.field)))
  const { concealed } = event.payload
  return (
    <li className="entry entry-event">
      <time className="entry-time" dateTime={at} title={fullInstant(at, clock)}>
        {!sameTime && sayClock(at, clock)}
      </time>
      <span className="entry-mark" aria-hidden="true">
        <i />
      </span>
      <div className="entry-body">
        <span className="entry-who">{who ?? w.system}</span> {deed}{' '}
        {changes.map((change) => (
          <ChangeWords key={change.name} change={change} field={change.field} />
        ))}
        {Array.isArray(concealed) && changes.length > 0 && (
          <span className="change">{w.concealed(concealed.length)}</span>
        )}
      </div>
    </li>
  )
}

const fieldOf = (kind: string, name: string): Field | undefined => {
  const field = kindNamed(kind)?.fields[name]
  return field && isWritten(field) ? field : undefined
}

const isLong = (field: Field) => field.kind === 'longText'

type Side = { change: Change; field: Field }

const ChangeWords = ({ change, field }: Side) => {
  const label = useLabel()
  return (
    <span className="change">
      <span className="change-field">{label(field.label)}</span>
      {isList(field) ? (
        <ListChange change={change} field={field} />
      ) : (
        <Turn change={change} field={field} />
      )}
    </span>
  )
}

/** From one value to the other; a long text shows only what it is now. */
const Turn = ({ change: { from, to }, field }: Side) => {
  const w = useMessages(chronicleWords)
  if (isLong(field))
    return (
      <span className="change-text" title={typeof to === 'string' ? to : undefined}>
        {typeof to === 'string' && to !== '' ? to : w.empty}
      </span>
    )
  // A day said by its distance from today would tell another day tomorrow.
  const brief = field.kind !== 'date' && field.kind !== 'dateTime'
  return (
    <>
      <s className="quiet">
        {isEmpty(from) ? w.empty : <FieldValue field={field} value={from} brief={brief} />}
      </s>
      <span className="change-arrow">
        <span aria-hidden="true">→</span>
        <span className="unseen">{w.to}</span>
      </span>
      <span>{isEmpty(to) ? w.empty : <FieldValue field={field} value={to} brief={brief} />}</span>
    </>
  )
}

/** Of a list only what came and what went. */
const ListChange = ({ change: { from, to }, field }: Side) => {
  const before = textsIn(from)
  const after = textsIn(to)
  const shown = (text: string) =>
    field.kind === 'phones' || field.choices ? (
      <FieldValue field={field} value={[text]} brief />
    ) : (
      text
    )
  return (
    <>
      {after
        .filter((text) => !before.includes(text))
        .map((text) => (
          <span key={`+${text}`}>＋{shown(text)}</span>
        ))}
      {before
        .filter((text) => !after.includes(text))
        .map((text) => (
          <s key={`-${text}`} className="quiet">
            {shown(text)}
          </s>
        ))}
    </>
  )
}

const textsIn = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
const isEmpty = (value: unknown) => value === null || value === undefined || value === ''
