import { Input } from 'antd'
import { useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Radios } from '#ui/Radios.tsx'
import { AutoComplete } from '#ui/Select.tsx'
import type { Member } from '../contract.ts'
import { teamWords } from './messages.ts'
import { PrincipalPick } from './PrincipalPick.tsx'
import type { Given } from './useTeam.ts'

type Note = (field: string) => string | undefined

/** Who, what they may do, until when, as what and why. */
export const MemberFields = (props: {
  given: Given
  onChange: (change: Partial<Given>) => void
  note: Note
  /** Whoever is on it already; left out where it is about one of them. */
  without?: readonly number[]
}) => {
  const { given, onChange, note } = props
  const w = useMessages(teamWords)
  const { today } = useDirectory()
  const plain = (field: string, help?: string) => ({
    wrong: note(field) !== undefined,
    note: note(field) ?? help,
  })
  return (
    <>
      {props.without && (
        <PlainField label={w.who} {...plain('principal_id')}>
          {({ id }) => (
            <PrincipalPick
              id={id}
              value={given.principal_id}
              without={props.without ?? []}
              onChange={(principal_id) => onChange({ principal_id })}
            />
          )}
        </PlainField>
      )}
      <PlainField
        label={w.access}
        {...plain('access', given.access === 'write' ? w.writeHelp : w.readHelp)}
      >
        {({ id, ...rest }) => (
          <Radios<Member['access']>
            id={id}
            describedBy={rest['aria-describedby']}
            value={given.access}
            onChange={(access) => onChange({ access })}
            choices={[
              { value: 'read', label: w.read },
              { value: 'write', label: w.write },
            ]}
          />
        )}
      </PlainField>
      <PlainField label={w.untilLabel} {...plain('until', w.untilHelp)}>
        {(control) => (
          <Input
            {...control}
            type="date"
            min={today}
            max="2999-12-31"
            value={given.until ?? ''}
            onChange={(event) => onChange({ until: event.target.value || null })}
          />
        )}
      </PlainField>
      <PlainField label={w.role} {...plain('role')}>
        {({ id }) => (
          <AutoComplete
            id={id}
            maxLength={20}
            placeholder={w.roleHint}
            options={w.roles.split('\n').map((value) => ({ value }))}
            value={given.role ?? ''}
            onChange={(role: string) => onChange({ role: role || null })}
          />
        )}
      </PlainField>
      <PlainField label={w.reason} {...plain('reason', w.reasonHint)}>
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            value={given.reason ?? ''}
            onChange={(event) => onChange({ reason: event.target.value || null })}
          />
        )}
      </PlainField>
    </>
  )
}
