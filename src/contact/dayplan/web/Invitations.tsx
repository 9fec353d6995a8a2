import { Anchor } from '#ui/Anchor.tsx'
import { nameOf, useDirectory } from '#ui/directory.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { sayDay } from '#ui/time.ts'
import type { Day } from './day.ts'
import { dayWords } from './messages.ts'

/** The customers that colleagues brought one in to lately: whom, by whom, for what. */
export const Invitations = ({ rows }: { rows: Day['invitations'] }) => {
  const w = useMessages(dayWords)
  const locale = useLocale()
  const { people, today } = useDirectory()
  if (rows.length === 0) return null
  return (
    <section className="day-group day-invitations">
      <h2>
        {w.broughtIn}
        <span className="page-count">{rows.length}</span>
      </h2>
      <ul>
        {rows.map(({ id, customer_id, customer_name, created_by, ...row }) => {
          const by = created_by === null ? undefined : nameOf(people, created_by)
          return (
            <li key={id}>
              <Anchor href={`/customers/${customer_id}`}>{customer_name}</Anchor>
              <Parts
                className="quiet"
                of={[
                  by && w.broughtBy(by),
                  row.role,
                  row.access === 'write' ? w.worksOnIt : w.readsIt,
                  row.until && w.lasts(sayDay(row.until, today, locale)),
                  row.reason,
                ]}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
