import { Modal } from 'antd'
import { useState } from 'react'
import type { BinEntry } from '#platform/bin/contract.ts'
import * as f from '#platform/fields/kinds.ts'
import { useDirectory } from '#ui/directory.tsx'
import { FieldInput } from '#ui/FieldInput.tsx'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { words } from '#ui/words.ts'
import { recycleWords } from './messages.ts'

const person = f.person({ label: { zh: '负责人', en: 'Responsible' } })

/** Whoever was responsible has left: somebody must be from now on. */
export const OwnerDialog = (props: {
  entries: readonly BinEntry[]
  busy: boolean
  onChoose: (owner: number) => void
  onClose: () => void
}) => {
  const w = useMessages(recycleWords)
  const u = useMessages(words)
  const { me } = useDirectory()
  const [owner, setOwner] = useState<unknown>(me.id)
  const names = props.entries.map(({ title }) => title ?? w.unnamed).join('、')
  return (
    <Modal
      open
      title={w.ownerTitle}
      okText={w.restore}
      okButtonProps={{ disabled: typeof owner !== 'number' }}
      confirmLoading={props.busy}
      cancelText={u.cancel}
      width={420}
      onCancel={props.onClose}
      onOk={() => typeof owner === 'number' && props.onChoose(owner)}
    >
      <p>{w.ownerText(names)}</p>
      <PlainField label={w.owner}>
        {({ id }) => <FieldInput id={id} field={person} value={owner} onChange={setOwner} />}
      </PlainField>
    </Modal>
  )
}
