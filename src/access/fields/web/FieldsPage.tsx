import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { useId, useState } from 'react'
import { Failure } from '#ui/Failure.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { Radios } from '#ui/Radios.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { type Kept, type Shape, useDefinitions } from './definitions.ts'
import { FieldForm } from './FieldForm.tsx'
import { AddedField, FixedField } from './FieldLine.tsx'
import { fieldWords } from './messages.ts'
import { Numbering } from './Numbering.tsx'
import { RetiredFields } from './RetiredFields.tsx'
import { RetireField } from './RetireField.tsx'
import './fields.css'

/** What is kept of each kind of record: the built-in fields and those added here. */
export const FieldsPage = ({ shapes }: { shapes: readonly Shape[] }) => {
  const w = useMessages(fieldWords)
  const label = useLabel()
  const id = useId()
  const [picked, setPicked] = useState(shapes[0]?.entity.name ?? '')
  const shape = shapes.find(({ entity }) => entity.name === picked)
  usePageTitle(w.fields)
  return (
    <div className="page-body fields-page">
      <p className="quiet">{w.lead}</p>
      <span id={`${id}-label`} className="unseen">
        {w.of}
      </span>
      <Radios
        id={id}
        value={picked}
        onChange={setPicked}
        choices={shapes.map(({ entity }) => ({ value: entity.name, label: label(entity.label) }))}
      />
      {shape && <Fields key={picked} shape={shape} />}
      {shape && <Numbering key={`${picked} numbers`} entity={shape.entity} />}
    </div>
  )
}

const Fields = ({ shape }: { shape: Shape }) => {
  const { entity } = shape
  const w = useMessages(fieldWords)
  const { data, error, refetch } = useDefinitions()
  const [open, setOpen] = useState<Kept | 'new'>()
  const [retiring, setRetiring] = useState<Kept>()
  if (error && !data) return <Failure failure={error} onRetry={() => refetch()} />
  if (!data) return <SkeletonText lines={6} />
  const own = data.items.filter((each) => each.entity === entity.name)
  const fixed = Object.entries(entity.fields).filter(([, field]) => !field.custom)
  return (
    <>
      <header className="settings-head">
        <h2>{w.added}</h2>
        <Button type="primary" icon={<Plus />} onClick={() => setOpen('new')}>
          {w.add}
        </Button>
      </header>
      {own.length === 0 && <p className="quiet">{w.none}</p>}
      <ul className="field-lines" aria-label={w.added}>
        {own.map((field, place) => (
          <AddedField
            key={field.id}
            entity={entity}
            field={field}
            before={own[place - 1]}
            after={own[place + 1]}
            onOpen={() => setOpen(field)}
            onRetire={() => setRetiring(field)}
          />
        ))}
      </ul>
      <RetiredFields entity={entity.name} />
      <details>
        <summary>{w.fixed(fixed.length)}</summary>
        <p className="quiet">{w.fixedLead}</p>
        <ul className="field-lines">
          {fixed.map(([name, field]) => (
            <FixedField key={name} field={field} />
          ))}
        </ul>
      </details>
      {open && (
        <FieldForm
          shape={shape}
          {...(open !== 'new' && { kept: open })}
          onClose={() => setOpen(undefined)}
        />
      )}
      {retiring && <RetireField field={retiring} onClose={() => setRetiring(undefined)} />}
    </>
  )
}
