import { Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { SectionProps } from '#customers/customers/slots.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { useList } from '#platform/lists/source.ts'
import { useDirectory } from '#ui/directory.tsx'
import { Failure } from '#ui/Failure.tsx'
import { FieldValue } from '#ui/FieldValue.tsx'
import { useFields } from '#ui/fields.ts'
import { plainKinds } from '#ui/kinds.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Menu, type MenuItem } from '#ui/Menu.tsx'
import { Parts } from '#ui/Parts.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { DeleteOfKind } from './DeleteOfKind.tsx'
import { EditOfKind, NewOfKind } from './KindForm.tsx'
import { type AnyRecord, listed, nameOf, pathOf, stageOf } from './kind.ts'
import { kindWords } from './messages.ts'
import { StageMenu } from './StageMenu.tsx'
import './kinds.css'

/** What belongs to a customer of each kind that has no part of the page of its own. */
export const KindSections = ({ record }: SectionProps) => {
  const { may } = useDirectory()
  return plainKinds()
    .filter(({ plural }) => may(`${plural}.view`))
    .map((entity) => <KindSection key={entity.name} entity={entity} customerId={record.id} />)
}

type Doing = { do: 'add' } | { do: 'edit' | 'remove'; record: AnyRecord }

// As many as one reads; the list of the kind shows all.
const most = 50

const KindSection = ({ entity, customerId }: { entity: Entity; customerId: string }) => {
  const w = useMessages(kindWords)
  const label = useLabel()
  const { may } = useDirectory()
  const path = pathOf(entity, customerId)
  const source = useList<AnyRecord>(path, {}, most)
  const [doing, setDoing] = useState<Doing>()
  const close = () => setDoing(undefined)
  const kind = label(entity.label)
  const mayAdd = may(`${entity.plural}.create`)
  if (source.state === 'ready' && source.rows.length === 0 && !mayAdd && !doing) return null
  return (
    <section className="panel" aria-labelledby={`kind-${entity.name}`}>
      <h2 id={`kind-${entity.name}`}>
        {kind}
        {source.rows.length > 0 && <span className="panel-count">{source.rows.length}</span>}
        {mayAdd && (
          <button
            type="button"
            className="icon-button"
            aria-label={w.addIt(kind)}
            title={w.addIt(kind)}
            onClick={() => setDoing({ do: 'add' })}
          >
            <Plus />
          </button>
        )}
      </h2>
      {source.state === 'loading' && <SkeletonText lines={2} />}
      {source.state === 'failed' && <Failure failure={source.failure} onRetry={source.retry} />}
      {source.state === 'ready' && source.rows.length === 0 && (
        <p className="panel-none">{w.none(kind)}</p>
      )}
      <ul>
        {source.rows.map((record) => (
          <KindRow key={record.id} entity={entity} record={record} onDo={setDoing} />
        ))}
      </ul>
      {doing?.do === 'add' && <NewOfKind entity={entity} customerId={customerId} onClose={close} />}
      {doing?.do === 'edit' && <EditOfKind entity={entity} record={doing.record} onClose={close} />}
      {doing?.do === 'remove' && (
        <DeleteOfKind entity={entity} record={doing.record} onClose={close} />
      )}
    </section>
  )
}

const shownParts = 3

type RowProps = { entity: Entity; record: AnyRecord; onDo: (doing: Doing) => void }

const KindRow = ({ entity, record, onDo }: RowProps) => {
  const w = useMessages(kindWords)
  const fields = useFields(entity)
  const name = nameOf(entity, record)
  const stage = stageOf(entity)
  const items: (MenuItem | undefined)[] = [
    record.can.edit
      ? {
          key: 'edit',
          label: w.edit(name),
          icon: <Pencil />,
          run: () => onDo({ do: 'edit', record }),
        }
      : undefined,
    record.can.delete
      ? {
          key: 'remove',
          label: w.remove,
          icon: <Trash2 />,
          danger: true,
          run: () => onDo({ do: 'remove', record }),
        }
      : undefined,
  ]
  const parts = listed(entity)
    .filter((each) => each !== stage && record[each] !== null && record[each] !== undefined)
    .slice(0, shownParts)
  const offered = items.filter((item) => item !== undefined)
  return (
    <li className="kind-row">
      <span className="kind-head">
        <span className="kind-name">{name}</span>
        {stage && <StageMenu entity={entity} name={stage} record={record} />}
        {offered.length > 0 && (
          <Menu label={w.more(name)} items={offered}>
            <button type="button" className="icon-button" aria-label={w.more(name)}>
              <Ellipsis />
            </button>
          </Menu>
        )}
      </span>
      <Parts
        className="lead-line"
        of={parts.map((each) => {
          const field = fields[each]
          return field && <FieldValue key={each} field={field} value={record[each]} />
        })}
      />
    </li>
  )
}
