import { Popover } from 'antd'
import { ListFilter, Workflow, X } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { type Fields, fieldNamed } from '#platform/fields/field.ts'
import { builderWords } from './builderWords.ts'
import { useSayCondition } from './conditionWords.ts'
import { useMessages } from './locale.tsx'
import { QuickFilters } from './QuickFilters.tsx'
import { SkeletonText } from './Skeleton.tsx'
import { words } from './words.ts'

// The editors bring antd's Select; a list is usable before anybody filters it.
const FilterEditor = lazy(() =>
  import('./FilterEditor.tsx').then((module) => ({ default: module.FilterEditor })),
)
const ConditionBuilder = lazy(() =>
  import('./ConditionBuilder.tsx').then((module) => ({ default: module.ConditionBuilder })),
)
const FilterFields = lazy(() =>
  import('./FilterEditor.tsx').then((module) => ({ default: module.FilterFields })),
)

type Props = {
  fields: Fields
  condition: Condition | undefined
  onChange: (condition: Condition | undefined) => void
  /** The kind of record; without it nothing but its own fields can be asked. */
  entity?: Entity | undefined
  /** What else finds records, beside conditions. */
  further?: ReactNode
}

// Beside more conditions than these, common ones would need a line of their own.
const roomFor = 1

/** A filter as a sentence of chips: all of them hold. Each can be changed or taken away. */
export const FilterBar = ({ fields, condition, onChange, entity, further }: Props) => {
  const w = useMessages(words)
  const b = useMessages(builderWords)
  const parts = partsOf(condition)
  const sayCondition = useSayCondition(entity?.name ?? '', fields)
  const [building, setBuilding] = useState(false)
  const replace = (place: number, part: Condition | undefined) =>
    onChange(joined(parts.flatMap((each, at) => (at === place ? (part ? [part] : []) : [each]))))
  return (
    <div className="chips">
      {parts.map((part, place) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: two equal conditions may stand side by side
          key={place}
          fields={fields}
          part={part}
          words={sayCondition(part)}
          onChange={(next) => replace(place, next)}
          onBuild={entity && (() => setBuilding(true))}
        />
      ))}
      <AddChip fields={fields} onAdd={(leaf) => onChange(joined([...parts, leaf]))} />
      {entity && (
        <button type="button" className="chip-add" onClick={() => setBuilding(true)}>
          <Workflow />
          {b.open}
        </button>
      )}
      {further}
      {parts.length <= roomFor && (
        <QuickFilters
          fields={fields}
          parts={parts}
          onAdd={(leaf) => onChange(joined([...parts, leaf]))}
        />
      )}
      {parts.length > 1 && (
        <button type="button" className="chip-add" onClick={() => onChange(undefined)}>
          {w.clearFilters}
        </button>
      )}
      <Suspense>
        {entity && building && (
          <ConditionBuilder
            {...{ entity, fields, condition }}
            onUse={(next) => onChange(next && asList(next))}
            onClose={() => setBuilding(false)}
          />
        )}
      </Suspense>
    </div>
  )
}

export const partsOf = (condition: Condition | undefined): readonly Condition[] => {
  if (!condition) return []
  return 'all' in condition ? condition.all : [condition]
}

/** Each statement that must hold is a chip of its own. */
const asList = (condition: Condition): Condition =>
  'all' in condition ? condition : { all: [condition] }

const joined = (parts: readonly Condition[]): Condition | undefined =>
  parts.length === 0 ? undefined : { all: [...parts] }

type ChipProps = {
  fields: Fields
  part: Condition
  words: string
  onChange: (part: Condition | undefined) => void
  /** Opens what is more than one statement about one field. */
  onBuild: (() => void) | undefined
}

const Chip = ({ fields, part, words: sentence, onChange, onBuild }: ChipProps) => {
  const w = useMessages(words)
  const [open, setOpen] = useState(false)
  const editable = 'field' in part && fieldNamed(fields, part.field)
  return (
    <span className="chip">
      {editable ? (
        <Editing
          open={open}
          setOpen={setOpen}
          content={
            <FilterEditor
              name={part.field}
              field={editable}
              leaf={part}
              onDone={(leaf) => {
                onChange(leaf)
                setOpen(false)
              }}
            />
          }
        >
          <button
            type="button"
            className="chip-words"
            title={sentence}
            aria-label={w.editFilter(sentence)}
          >
            {sentence}
          </button>
        </Editing>
      ) : (
        <button
          type="button"
          className="chip-words"
          title={sentence}
          aria-label={w.editFilter(sentence)}
          disabled={!onBuild}
          onClick={onBuild}
        >
          {sentence}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={w.removeFilter(sentence)}
        onClick={() => onChange(undefined)}
      >
        <X />
      </button>
    </span>
  )
}

const AddChip = ({ fields, onAdd }: { fields: Fields; onAdd: (leaf: Leaf) => void }) => {
  const w = useMessages(words)
  const [open, setOpen] = useState(false)
  const [name, setName] = useState<string>()
  const field = fieldNamed(fields, name)
  return (
    <Editing
      open={open}
      setOpen={(next) => {
        setOpen(next)
        if (next) setName(undefined)
      }}
      content={
        name !== undefined && field ? (
          <FilterEditor
            name={name}
            field={field}
            onDone={(leaf) => {
              onAdd(leaf)
              setOpen(false)
            }}
          />
        ) : (
          <FilterFields fields={fields} onPick={setName} />
        )
      }
    >
      <button type="button" className="chip-add">
        <ListFilter />
        {w.addFilter}
      </button>
    </Editing>
  )
}

const Editing = (props: {
  open: boolean
  setOpen: (open: boolean) => void
  content: ReactNode
  children: ReactNode
}) => (
  <Popover
    open={props.open}
    onOpenChange={props.setOpen}
    trigger="click"
    placement="bottomLeft"
    arrow={false}
    destroyOnHidden
    classNames={{ root: 'pop' }}
    content={
      <Suspense fallback={<SkeletonText lines={4} />}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard for all that is inside */}
        <div
          className="filter-editor"
          onKeyDown={(event) => event.key === 'Escape' && props.setOpen(false)}
        >
          {props.content}
        </div>
      </Suspense>
    }
  >
    {props.children}
  </Popover>
)
