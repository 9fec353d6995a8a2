import { Button } from 'antd'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { nameOf, useDirectory } from '#ui/directory.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { RecordTable } from '#ui/RecordTable.tsx'
import { roles, scopeLabels } from '../../roles/rules.ts'
import { personFields } from './look.ts'
import { peopleWords } from './messages.ts'
import { PersonForm } from './PersonForm.tsx'
import { asSource, type Person, type PersonRow, usePeople } from './people.ts'

const columns = ['department_id', 'role', 'scope', 'active']

/** Who can sign in, what they may do and what they see. */
export const PeoplePage = () => {
  const w = useMessages(peopleWords)
  const label = useLabel()
  const answer = usePeople()
  const [open, setOpen] = useState<Person | 'new'>()
  const sees = useSees()
  const pick = (row: PersonRow) => setOpen(answer.people?.find(({ id }) => id === row.key))
  usePageTitle(w.people)
  return (
    <>
      <div className="toolbar">
        <p className="quiet toolbar-words">{answer.people?.length === 1 ? w.onlySelf : w.lead}</p>
        <Button type="primary" icon={<UserPlus />} onClick={() => setOpen('new')}>
          {w.add}
        </Button>
      </div>
      <RecordTable
        label={w.people}
        fields={personFields}
        columns={columns}
        lead={{
          field: 'name',
          name: (row: PersonRow) => row.name,
          line: (row: PersonRow) => [row.username],
        }}
        cells={{
          role: (row: PersonRow) => label(roles[row.role].label),
          scope: (row: PersonRow) => <span title={sees(row)}>{sees(row)}</span>,
          active: (row: PersonRow) =>
            row.active ? w.active : <span className="quiet">{w.inactive}</span>,
        }}
        aside={(row: PersonRow) => (
          <>
            <span>{label(roles[row.role].label)}</span>
            {!row.active && <span>{w.inactive}</span>}
          </>
        )}
        source={asSource(answer)}
        hrefOf={(row: PersonRow) => `/settings/people#${row.id}`}
        onOpen={pick}
        empty={null}
      />
      {open && (
        <PersonForm
          key={open === 'new' ? 'new' : open.id}
          {...(open !== 'new' && { person: open })}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}

/** What a person sees, in few words. */
const useSees = () => {
  const w = useMessages(peopleWords)
  const label = useLabel()
  const { departments } = useDirectory()
  return ({ scope, scope_departments }: Pick<Person, 'scope' | 'scope_departments'>) => {
    if (scope !== 'listed') return label(scopeLabels[scope])
    const names = scope_departments.flatMap((id) => nameOf(departments, id) ?? [])
    return w.namesOf(names.join('、'))
  }
}
