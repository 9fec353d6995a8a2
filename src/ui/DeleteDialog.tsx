import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import type { Foretold } from '#platform/bin/contract.ts'
import { call } from '#platform/door/client.ts'
import { type Kept, useRemove } from '#platform/lists/source.ts'
import { binWords } from './binWords.ts'
import { useFailureWords } from './Failure.tsx'
import { kindLabel } from './kinds.ts'
import { useLabel, useMessages } from './locale.tsx'
import { useToast } from './Toasts.tsx'
import { useRemoved } from './useRemoved.ts'
import { words } from './words.ts'

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
  const u = useMessages(words)
  const say = useFailureWords()
  const toast = useToast()
  const removed = useRemoved()
  const remove = useRemove(path, ...more)
  const done = async () => {
    try {
      const { deletion_id } = await remove.mutateAsync(record)
      const customer_id = record.customer_id ?? record.id
      removed(props.done, { customer_id, deletion_id, title: props.name })
      props.onRemoved?.()
    } catch (problem) {
      toast({ tone: 'failed', text: say(problem) })
    }
    props.onClose()
  }
  return (
    <Modal
      open
      title={props.title}
      okText={w.remove}
      okButtonProps={{ danger: true }}
      cancelText={u.cancel}
      confirmLoading={remove.isPending}
      onOk={done}
      onCancel={props.onClose}
      width={420}
    >
      {props.note && <p>{props.note}</p>}
      <GoingAlong
        of={`${path}/${record.id}`}
        ask={() => call<Foretold>('GET', `${path}/${record.id}/deletion`)}
        root={record.customer_id === undefined}
      />
    </Modal>
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
