import { Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { SectionProps } from '#customers/customers/slots.ts'
import { useDirectory } from '#ui/directory.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Menu, type MenuItem } from '#ui/Menu.tsx'
import { Parts } from '#ui/Parts.tsx'
import { ReachField } from '#ui/ReachField.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { contact } from '../fields.ts'
import { decisionRoles } from '../rules.ts'
import { contactWords } from './messages.ts'
import { type Contact, useContacts } from './useContacts.ts'

const NewOfKind = lazy(() =>
  import('../../kinds/web/KindForm.tsx').then((module) => ({ default: module.NewOfKind })),
)
const EditOfKind = lazy(() =>
  import('../../kinds/web/KindForm.tsx').then((module) => ({ default: module.EditOfKind })),
)
const DeleteOfKind = lazy(() =>
  import('../../kinds/web/DeleteOfKind.tsx').then((module) => ({ default: module.DeleteOfKind })),
)

type Doing = { do: 'add' } | { do: 'edit' | 'remove'; record: Contact }

/** Who is on it: the people at a customer and how to reach each. */
export const ContactsSection = ({ record }: SectionProps) => {
  const w = useMessages(contactWords)
  const { may } = useDirectory()
  const source = useContacts(record.id)
  const [doing, setDoing] = useState<Doing>()
  const close = () => setDoing(undefined)
  const mayAdd = may('contacts.create')
  if (source.state === 'ready' && source.rows.length === 0 && !mayAdd && !doing) return null
  return (
    <section className="panel" aria-labelledby="contacts">
      <h2 id="contacts">
        {w.contacts}
        {source.rows.length > 0 && <span className="panel-count">{source.rows.length}</span>}
        {mayAdd && (
          <button
            type="button"
            className="icon-button"
            aria-label={w.add}
            title={w.add}
            onClick={() => setDoing({ do: 'add' })}
          >
            <Plus />
          </button>
        )}
      </h2>
      {source.state === 'loading' && <SkeletonText lines={3} />}
      {source.state === 'failed' && <Failure failure={source.failure} onRetry={source.retry} />}
      {source.state === 'ready' && source.rows.length === 0 && (
        <p className="panel-none">{record.kind === 'organisation' ? w.none : w.noneAtHome}</p>
      )}
      <ul>
        {source.rows.map((row) => (
          <ContactRow
            key={row.id}
            row={row}
            onEdit={() => setDoing({ do: 'edit', record: row })}
            onRemove={() => setDoing({ do: 'remove', record: row })}
          />
        ))}
      </ul>
      <Suspense>
        {doing?.do === 'add' && (
          <NewOfKind entity={contact} customerId={record.id} title={w.add} onClose={close} />
        )}
        {doing?.do === 'edit' && (
          <EditOfKind entity={contact} record={doing.record} onClose={close} />
        )}
        {doing?.do === 'remove' && (
          <DeleteOfKind
            entity={contact}
            record={doing.record}
            note={w.removeText}
            onClose={close}
          />
        )}
      </Suspense>
    </section>
  )
}

const ContactRow = (props: { row: Contact; onEdit: () => void; onRemove: () => void }) => {
  const { row } = props
  const w = useMessages(contactWords)
  const label = useLabel()
  const role = decisionRoles.find(({ value }) => value === row.decision_role)
  const items: readonly (MenuItem | undefined)[] = [
    row.can.edit
      ? { key: 'edit', label: w.editIt(row.name), icon: <Pencil />, run: props.onEdit }
      : undefined,
    row.can.delete
      ? {
          key: 'remove',
          label: w.removeIt(row.name),
          icon: <Trash2 />,
          danger: true,
          run: props.onRemove,
        }
      : undefined,
  ]
  const shown = items.filter((item) => item !== undefined)
  return (
    <li className="panel-row contact-row">
      <div className="contact-name">
        <span className="contact-words">
          <strong>{row.name}</strong>
          <Parts className="quiet" of={[row.position, role && label(role.label)]} />
        </span>
        {shown.length > 0 && (
          <Menu label={w.more(row.name)} items={shown}>
            <button type="button" className="icon-button" aria-label={w.more(row.name)}>
              <Ellipsis />
            </button>
          </Menu>
        )}
      </div>
      <ReachField entity={contact} record={row} name="phones" way="phone" />
      <ReachField entity={contact} record={row} name="wechat" way="wechat" />
      <ReachField entity={contact} record={row} name="email" way="email" />
      {row.note && <p className="panel-note">{row.note}</p>}
    </li>
  )
}
