import { Button } from 'antd'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import { usePlace } from '#platform/lists/placeSource.ts'
import { type ListQuery, useRecord } from '#platform/lists/source.ts'
import { useDirectory } from '#ui/directory.tsx'
import { Failure, isGone } from '#ui/Failure.tsx'
import { useFields } from '#ui/fields.ts'
import { Lasting } from '#ui/Lasting.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainValue } from '#ui/PlainView.tsx'
import { RecordDrawer } from '#ui/RecordDrawer.tsx'
import { RecordSteps } from '#ui/RecordSteps.tsx'
import { usePageKeys } from '#ui/rowKeys.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { words } from '#ui/words.ts'
import { DeleteOfKind } from './DeleteOfKind.tsx'
import { EditOfKind } from './KindForm.tsx'
import { type AnyRecord, customerHref, type KindLook, nameOf, pathOf, stageOf } from './kind.ts'
import { kindWords } from './messages.ts'
import { useReferences } from './references.ts'
import { StageMenu } from './StageMenu.tsx'
import { Whose } from './Whose.tsx'
import './kinds.css'

type Address = { id: string; customer_id?: string }
type Props<R extends AnyRecord> = {
  entity: Entity
  look: KindLook<R>
  at: { id: string; customer_id: string }
  /** What the list already knows of it. */
  row: R | undefined
  query: ListQuery
  onOpen: (to: Address) => void
  onClose: () => void
}

/** One record in full over its list; previous and next follow the list. */
export const KindDrawer = <R extends AnyRecord>(props: Props<R>) => {
  const { entity, at, row, query, onOpen, onClose } = props
  const path = `${pathOf(entity, at.customer_id)}/${at.id}`
  const { record, failure, retry } = useRecord<R>(path, row)
  const place = usePlace(path, query)
  return (
    <RecordDrawer
      open
      label={record ? nameOf(entity, record) : ''}
      onClose={onClose}
      pageHref={customerHref(at)}
      steps={<RecordSteps place={place} onGo={onOpen} />}
    >
      <Lasting
        key={at.id}
        gone={isGone(failure) || (failure !== undefined && !record)}
        instead={<Failure failure={failure} onRetry={retry} />}
      >
        {record ? (
          <Sheet
            {...{ entity, record, onClose }}
            look={props.look}
            customerName={row?.customer_name}
          />
        ) : (
          <SkeletonText lines={6} />
        )}
      </Lasting>
    </RecordDrawer>
  )
}

type SheetProps<R extends AnyRecord> = {
  entity: Entity
  look: KindLook<R>
  record: R
  customerName: string | undefined
  onClose: () => void
}

const Sheet = <R extends AnyRecord>(props: SheetProps<R>) => {
  const { entity, look, record, onClose } = props
  const w = useMessages(kindWords)
  const u = useMessages(words)
  const label = useLabel()
  const { rightOf } = useDirectory()
  const fields = useFields(entity)
  const [doing, setDoing] = useState<'edit' | 'remove'>()
  const stage = stageOf(entity)
  const name = nameOf(entity, record)
  const edit = (event: KeyboardEvent) => {
    // The letter itself is not typed into the form that opens.
    event.preventDefault()
    setDoing('edit')
  }
  usePageKeys([['e', edit]], record.can.edit && doing === undefined)
  const long = fields[entity.title]?.kind === 'longText'
  const references = useReferences(entity, record.customer_id)
  const shown = Object.entries(fields).filter(
    ([each, field]) =>
      each !== entity.title &&
      each !== stage &&
      rightOf(entity.name, each) !== 'hidden' &&
      isFilled(record[each]) &&
      (field.kind !== 'reference' || references[each]?.some(({ value }) => value === record[each])),
  )
  const whose = <Whose row={{ customer_name: props.customerName, ...record }} />
  return (
    <article className="sheet">
      <h1 className="told-head">{long ? whose : name}</h1>
      <p className="kind-head">
        {look.beside?.(record)}
        {!long && whose}
        {stage && <StageMenu entity={entity} name={stage} record={record} />}
        <span className="drawer-actions">
          {record.can.edit && <Button onClick={() => setDoing('edit')}>{u.edit}</Button>}
          {record.can.delete && (
            <button
              type="button"
              className="icon-button"
              aria-label={w.remove}
              title={w.remove}
              onClick={() => setDoing('remove')}
            >
              <Trash2 />
            </button>
          )}
        </span>
      </p>
      {long && <p className="long-text">{String(record[entity.title] ?? '')}</p>}
      <section className="record-card">
        <h2>{w.basics}</h2>
        <dl>
          {shown.map(([each, field]) => (
            <div key={each} data-kind={field.kind}>
              <dt>{label(field.label)}</dt>
              <dd>
                {references[each]?.find(({ value }) => value === record[each])?.label ?? (
                  <PlainValue {...{ entity, record, field }} name={each} value={record[each]} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {doing === 'edit' && (
        <EditOfKind entity={entity} record={record} onClose={() => setDoing(undefined)} />
      )}
      {doing === 'remove' && (
        <DeleteOfKind
          entity={entity}
          record={record}
          onClose={() => setDoing(undefined)}
          onRemoved={onClose}
        />
      )}
    </article>
  )
}

const isFilled = (value: unknown) =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  !(Array.isArray(value) && value.length === 0)
