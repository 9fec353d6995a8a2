import { useQuery } from '@tanstack/react-query'
import type { Foretold } from '#platform/bin/contract.ts'
import { call } from '#platform/door/client.ts'
import { type Kept, useRemove } from '#platform/lists/source.ts'
import { binWords } from './binWords.ts'
import { Confirm } from './Confirm.tsx'
import { kindLabel } from './kinds.ts'
import { useLabel, useMessages } from './locale.tsx'
import { useRemoved } from './useRemoved.ts'

/** Asks before a record is put away, says what goes along and how long it can be brought back. */
export const DeleteDialog = (props: {
  /** The list at whose address the record stands, and others that hold it. */
  path: string
  more?: readonly string[]
  record: Kept & { customer_id?: string }
  name: string
  title: string
  /** What is said when it is done. */
  done: string
  note?: string
  onClose: () => void
  onRemoved?: () => void
}) => {
  const { path, record, more = [] } = props
  const w = useMessages(binWords)
  const removed = useRemoved()
  const remove = useRemove(path, ...more)
  const done = async () => {
    const { deletion_id } = await remove.mutateAsync(record)
    const customer_id = record.customer_id ?? record.id
    removed(props.done, { customer_id, deletion_id, title: props.name })
    props.onRemoved?.()
  }
  return (
    <Confirm
      title={props.title}
      text={props.note}
      ok={w.remove}
      danger
      act={done}
      onClose={props.onClose}
      width={420}
    >
      <GoingAlong
        of={`${path}/${record.id}`}
        ask={() => call<Foretold>('GET', `${path}/${record.id}/deletion`)}
        root={record.customer_id === undefined}
      />
    </Confirm>
  )
}

/** What goes along, a line for each kind, and how long it can be brought back. */
export const GoingAlong = (props: {
  /** Names what is asked about. */
  of: string
  ask: () => Promise<Foretold>
  /** With it goes what stands below. */
  root: boolean
}) => {
  const { root } = props
  const w = useMessages(binWords)
  const label = useLabel()
  const { data, isError } = useQuery({
    queryKey: ['foretold', props.of],
    queryFn: props.ask,
    staleTime: 0,
    gcTime: 0,
  })
  if (isError) return null
  if (!data) return <p>{w.counting}</p>
  return (
    <>
      {root && data.along.length === 0 && <p>{w.alone}</p>}
      {data.along.length > 0 && <p>{w.along}</p>}
      <ul className="going-along">
        {data.along.map(({ entity, count, titles }) => (
          <li key={entity}>
            <span>
              {label(kindLabel(entity))} {count}
            </span>
            <span className="quiet">{w.titled(titles, count > titles.length)}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">{w.kept(data.kept_days)}</p>
    </>
  )
}
