import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Fields, Label } from '#platform/fields/field.ts'
import { useClock, useDirectory } from '#ui/directory.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { dayOf, daysBetween } from '#ui/time.ts'
import { customer } from '../fields.ts'
import type { Customer } from './look.tsx'
import { pageWords } from './pageMessages.ts'
import { useDoubts } from './useDoubts.ts'

const labelOf = (name: string): Label | undefined => {
  const fields: Fields = customer.fields
  return fields[name]?.label
}

/** What to know before one calls or serves: their preferences first, then what is not in order. */
export const Beware = ({ record }: { record: Customer }) => {
  const w = useMessages(pageWords)
  const warnings = useWarnings(record)
  if (!record.preferences && warnings.length === 0) return null
  return (
    <section className="panel" aria-labelledby="beware">
      <h2 id="beware">{w.beware}</h2>
      {record.preferences && <p className="beware-words">{record.preferences}</p>}
      {warnings.length > 0 && (
        <ul className="beware-list">
          {warnings.map((warning) => (
            <Warning key={warning}>{warning}</Warning>
          ))}
        </ul>
      )}
    </section>
  )
}

const Warning = ({ children }: { children: ReactNode }) => (
  <li>
    <TriangleAlert />
    <span>{children}</span>
  </li>
)

/** The same on one line, where there is no room beside the chronicle. */
export const BewareLine = ({ record }: { record: Customer }) => {
  const [first] = useWarnings(record)
  const said = record.preferences?.split('\n').join(' ') ?? first
  if (!said) return null
  return (
    <p className="record-line beware-line">
      <TriangleAlert />
      <span>{said}</span>
    </p>
  )
}

// The list calls customers quiet after the same number of days.
const quietAfter = 30

const useWarnings = (record: Customer): readonly string[] => {
  const w = useMessages(pageWords)
  const label = useLabel()
  const { today } = useDirectory()
  const { timeZone } = useClock()
  const doubts = useDoubts(record)
  const { last_contact_at } = record
  const days = last_contact_at ? daysBetween(dayOf(new Date(last_contact_at), timeZone), today) : 0
  return [
    ...[...doubts].map(([name, why]) =>
      w.doubt(label(labelOf(name) ?? { zh: name, en: name }), why),
    ),
    ...(record.owner_id === null ? [w.noOwner] : []),
    ...(days > quietAfter ? [w.quietFor(days)] : []),
  ]
}
