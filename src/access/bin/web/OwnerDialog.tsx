import { useState } from 'react'
import type { BinEntry } from '#platform/bin/contract.ts'
import * as f from '#platform/fields/kinds.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { FieldInput } from '#ui/FieldInput.tsx'
import { useMarks, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { recycleWords } from './messages.ts'

const person = f.person({ label: { zh: '负责人', en: 'Responsible' } })

/** Whoever was responsible has left: somebody must be from now on. */
export const OwnerDialog = (props: {
  entries: readonly BinEntry[]
  onChoose: (owner: number) => Promise<unknown>
  onClose: () => void
}) => {
  const w = useMessages(recycleWords)
  const { listed } = useMarks()
  const { me } = useDirectory()
  const [owner, setOwner] = useState<unknown>(me.id)
  const names = listed(props.entries.map(({ title }) => title ?? w.unnamed))
  return (
    <Confirm
      title={w.ownerTitle}
      text={w.ownerText(names)}
      ok={w.restore}
      ready={typeof owner === 'number'}
      width={420}
      act={async () => typeof owner === 'number' && props.onChoose(owner)}
      onClose={props.onClose}
    >
      <PlainField label={w.owner}>
        {({ id }) => (
          <FieldInput id={id} autoFocus field={person} value={owner} onChange={setOwner} />
        )}
      </PlainField>
    </Confirm>
  )
}
