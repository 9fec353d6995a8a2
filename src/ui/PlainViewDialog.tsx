import { Input } from 'antd'
import { useState } from 'react'
import { mostReason } from '#platform/plainViews/keys.ts'
import { Confirm } from './Confirm.tsx'
import { useFailureWords } from './Failure.tsx'
import { useMessages } from './locale.tsx'
import { PlainField } from './PlainField.tsx'
import { plainWords } from './plainWords.ts'

/** Asks why a value is wanted whole, and says that it is written down. */
export const PlainViewDialog = (props: {
  what: string
  onSee: (reason: string) => Promise<void>
  onClose: () => void
}) => {
  const { what } = props
  const w = useMessages(plainWords)
  const say = useFailureWords()
  const [reason, setReason] = useState('')
  const given = reason.trim()
  return (
    <Confirm
      title={w.see(what)}
      ok={w.ok}
      ready={given !== ''}
      width={420}
      act={() => props.onSee(given)}
      say={(problem) => w.refused(what, say(problem))}
      onClose={props.onClose}
    >
      <PlainField label={w.reason} note={w.noted}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={mostReason}
            placeholder={w.reasonHint}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </PlainField>
    </Confirm>
  )
}
