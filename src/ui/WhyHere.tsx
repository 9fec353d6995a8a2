import { CircleHelp } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Condition } from '#platform/conditions/condition.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { useList } from '#platform/lists/source.ts'
import { builderWords } from './builderWords.ts'
import { Dialog } from './Dialog.tsx'
import { useMessages } from './locale.tsx'
import { Select } from './Select.tsx'
import { SkeletonText } from './Skeleton.tsx'

// Few ask why, and the answer brings every way to show a value.
const Explanation = lazy(() =>
  import('./Explanation.tsx').then((module) => ({ default: module.Explanation })),
)

type Props = { entity: Entity; path: string; condition: Condition | undefined }

/** A small question on a record that was opened from a list with a condition. */
export const WhyHere = ({ entity, path, condition }: Props) => {
  const w = useMessages(builderWords)
  const [open, setOpen] = useState(false)
  if (!condition) return null
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={w.why}
        title={w.why}
        onClick={() => setOpen(true)}
      >
        <CircleHelp />
      </button>
      {open && (
        <Dialog title={w.why} footer={null} width={480} onCancel={() => setOpen(false)}>
          <Suspense fallback={<SkeletonText lines={3} />}>
            <Explanation {...{ entity, path, condition }} />
          </Suspense>
        </Dialog>
      )}
    </>
  )
}

type Found = { id: string; customer_id?: string } & Record<string, unknown>

/** The same for any record, in the list or not: the one that somebody misses is found by its name. */
export const WhyOne = (props: {
  entity: Entity
  condition: Condition | undefined
  onClose: () => void
}) => {
  const { entity, condition } = props
  const w = useMessages(builderWords)
  const [text, setText] = useState('')
  const [picked, setPicked] = useState<string>()
  const { rows } = useList<Found>(`/${entity.plural}`, text === '' ? {} : { q: text }, 20)
  return (
    <Dialog title={w.whyOne} footer={null} width={480} onCancel={props.onClose}>
      {condition ? (
        <>
          <Select
            aria-label={w.pick}
            autoFocus
            showSearch={{ filterOption: false, onSearch: setText }}
            placeholder={w.pickHint}
            value={picked ?? null}
            options={rows.map((row) => ({
              value: pathOf(entity, row),
              label: [row[entity.title], row.customer_name].filter(Boolean).join(' · '),
            }))}
            onChange={(path: string | null) => setPicked(path ?? undefined)}
            style={{ width: '100%' }}
          />
          <Suspense fallback={<SkeletonText lines={3} />}>
            {picked && <Explanation {...{ entity, condition }} path={picked} />}
          </Suspense>
        </>
      ) : (
        <p>{w.noFilter}</p>
      )}
    </Dialog>
  )
}

const pathOf = ({ root, plural }: Entity, { id, customer_id }: Found) =>
  root ? `/${plural}/${id}` : `/customers/${customer_id}/${plural}/${id}`
