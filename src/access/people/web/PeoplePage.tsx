import { Button } from 'antd'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { nameOf, useDirectory } from '#ui/directory.tsx'
import { useLabel, useMarks, useMessages } from '#ui/locale.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { RecordTable } from '#ui/RecordTable.tsx'
import { grantLabels } from '../../roles/rules.ts'
import { personFields } from './look.ts'
import { peopleWords } from './messages.ts'
import { PersonForm } from './PersonForm.tsx'
import {
  asSource,
  heldRoles,
  leavesReach,
  type Person,
  type PersonRow,
  usePeople,
  usePosts,
  useRoles,
} from './people.ts'

const columns = ['department_id', 'roles', 'scope', 'active']

/** Who can sign in, what they may do and what they see. */
export const PeoplePage = () => {
  const w = useMessages(peopleWords)
  const answer = usePeople()
  const [open, setOpen] = useState<Person | 'new'>()
  const sees = useSees()
  const does = useDoes()
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
          roles: (row: PersonRow) => <span title={does(row)}>{does(row)}</span>,
          scope: (row: PersonRow) => <span title={sees(row)}>{sees(row)}</span>,
          active: (row: PersonRow) =>
            row.active ? w.active : <span className="quiet">{w.inactive}</span>,
        }}
        aside={(row: PersonRow) => (
          <>
            <span>{does(row)}</span>
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

/** The post and the further roles of a person. */
const useDoes = () => {
  const label = useLabel()
  const { listed } = useMarks()
  const [roles, posts] = [useRoles(), usePosts()]
  return (row: PersonRow) => {
    const post = posts.find(({ id }) => id === row.post_id)?.name
    const names = roles.filter(({ id }) => row.roles.includes(id)).map((role) => label(role.label))
    return listed([...(post ? [post] : []), ...names])
  }
}

/** What a person sees, in few words. */
const useSees = () => {
  const w = useMessages(peopleWords)
  const { listed } = useMarks()
  const label = useLabel()
  const { departments } = useDirectory()
  const [roles, posts] = [useRoles(), usePosts()]
  return (row: PersonRow) => {
    const { scope, scope_departments } = row
    if (!heldRoles(row, roles, posts).some(leavesReach)) return w.byRoles
    if (scope !== 'listed') return label(grantLabels[scope])
    const names = scope_departments.flatMap((id) => nameOf(departments, id) ?? [])
    return w.namesOf(listed(names))
  }
}
