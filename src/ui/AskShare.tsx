import { Input } from 'antd'
import { useState } from 'react'
import type { Action } from '#platform/bulk/contract.ts'
import { useDirectory } from './directory.tsx'
import { listWords } from './listWords.ts'
import { useMessages } from './locale.tsx'
import { PlainField } from './PlainField.tsx'
import { Radios } from './Radios.tsx'
import { Select } from './Select.tsx'

type Share = Extract<Action, { kind: 'share' }>

/** With whom many records are shared, how far and until when. */
export const AskShare = ({ onAction }: { onAction: (action: Action | undefined) => void }) => {
  const w = useMessages(listWords)
  const { people, departments, today } = useDirectory()
  const [who, setWho] = useState<number | null>(null)
  const [how, setHow] = useState<Pick<Share, 'access' | 'until'>>({ access: 'read', until: null })
  const tell = (principal: number | null, next: typeof how) => {
    setWho(principal)
    setHow(next)
    onAction(principal === null ? undefined : { kind: 'share', principal_id: principal, ...next })
  }
  const named = ({ id, name }: { id: number; name: string }) => ({ value: id, label: name })
  return (
    <>
      <PlainField label={w.shareWith}>
        {({ id }) => (
          <Select
            id={id}
            autoFocus
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { label: w.sharePeople, options: people.filter(({ active }) => active).map(named) },
              { label: w.shareDepartments, options: departments.map(named) },
            ]}
            value={who}
            onChange={(value: number) => tell(value, how)}
            style={{ width: '100%' }}
          />
        )}
      </PlainField>
      <PlainField label={w.shareAccess}>
        {({ id }) => (
          <Radios<Share['access']>
            id={id}
            value={how.access}
            onChange={(access) => tell(who, { ...how, access })}
            choices={[
              { value: 'read', label: w.shareRead },
              { value: 'write', label: w.shareWrite },
            ]}
          />
        )}
      </PlainField>
      <PlainField label={w.shareUntil} note={w.shareUntilHelp}>
        {(control) => (
          <Input
            {...control}
            type="date"
            min={today}
            max="2999-12-31"
            value={how.until ?? ''}
            onChange={(event) => tell(who, { ...how, until: event.target.value || null })}
          />
        )}
      </PlainField>
    </>
  )
}
