import { Ellipsis, Pencil, Plus, UserMinus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { SectionProps } from '#customers/customers/slots.ts'
import { nameOf, useDirectory } from '#ui/directory.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { Menu } from '#ui/Menu.tsx'
import { Parts } from '#ui/Parts.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { fullDay, sayDay } from '#ui/time.ts'
import type { Member } from '../contract.ts'
import { teamWords } from './messages.ts'
import { useTeam } from './useTeam.ts'
import './team.css'

const MemberForm = lazy(() =>
  import('./MemberForm.tsx').then((module) => ({ default: module.MemberForm })),
)
const RemoveMember = lazy(() =>
  import('./RemoveMember.tsx').then((module) => ({ default: module.RemoveMember })),
)

const WhoSees = lazy(() => import('./WhoSees.tsx').then((module) => ({ default: module.WhoSees })))

type Doing =
  | { kind: 'form'; member?: Member }
  | { kind: 'who' }
  | { kind: 'remove'; member: Member }

/** Who works with the customer besides the responsible person, as what, how far and until when. */
export const TeamSection = ({ record }: SectionProps) => {
  const w = useMessages(teamWords)
  const team = useTeam(record.id)
  const nameIn = useName()
  const [doing, setDoing] = useState<Doing>()
  const close = () => setDoing(undefined)
  const members = team.data?.items ?? []
  const manage = team.data?.can.manage === true
  return (
    <section className="panel" aria-labelledby="team">
      <h2 id="team">
        {w.team}
        {members.length > 0 && <span className="panel-count">{members.length}</span>}
        {manage && (
          <button
            type="button"
            className="icon-button"
            aria-label={w.add}
            title={w.add}
            onClick={() => setDoing({ kind: 'form' })}
          >
            <Plus />
          </button>
        )}
      </h2>
      {team.isPending && <SkeletonText lines={2} />}
      {team.isError && <Failure failure={team.error} onRetry={() => team.refetch()} />}
      {team.isSuccess && members.length === 0 && (
        <p className="panel-none">{manage ? w.none : w.noneToSee}</p>
      )}
      <ul>
        {members.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            manage={manage}
            onChange={() => setDoing({ kind: 'form', member })}
            onRemove={() => setDoing({ kind: 'remove', member })}
          />
        ))}
      </ul>
      <button type="button" className="chip-add" onClick={() => setDoing({ kind: 'who' })}>
        {w.whoSees}
      </button>
      <Suspense>
        {doing?.kind === 'who' && <WhoSees customer={record} onClose={close} />}
        {doing?.kind === 'form' && (
          <MemberForm customer={record} member={doing.member} team={members} onClose={close} />
        )}
        {doing?.kind === 'remove' && (
          <RemoveMember
            member={doing.member}
            name={nameIn(doing.member.principal_id)}
            onClose={close}
          />
        )}
      </Suspense>
    </section>
  )
}

const useName = () => {
  const { people, departments } = useDirectory()
  return (id: number) => nameOf([...people, ...departments], id) ?? ''
}

const MemberRow = (props: {
  member: Member
  manage: boolean
  onChange: () => void
  onRemove: () => void
}) => {
  const { member, manage } = props
  const w = useMessages(teamWords)
  const locale = useLocale()
  const { people, today } = useDirectory()
  const name = useName()(member.principal_id)
  const { until, created_by } = member
  const left = people.some(({ id, active }) => id === member.principal_id && !active)
  const by = created_by === null ? undefined : nameOf(people, created_by)
  return (
    <li className="panel-row member-row">
      <span className="member-words">
        <strong>{name}</strong>
        <Parts
          className="quiet"
          of={[
            member.kind === 'department' && w.ofDepartment,
            member.role,
            left && w.left,
            member.access === 'write' ? w.write : w.read,
          ]}
        />
        {until && (
          <span className={until === today ? 'soon' : 'quiet'} title={fullDay(until, locale)}>
            {until === today ? w.lastDay : w.until(sayDay(until, today, locale))}
          </span>
        )}
        {member.reason && (
          <span className="quiet" title={by && w.by(by)}>
            {member.reason}
          </span>
        )}
      </span>
      {manage && (
        <Menu
          label={w.more(name)}
          items={[
            { key: 'edit', label: w.changeIt(name), icon: <Pencil />, run: props.onChange },
            {
              ...{ key: 'remove', label: w.removeIt(name), icon: <UserMinus /> },
              ...{ danger: true, run: props.onRemove },
            },
          ]}
        >
          <button type="button" className="icon-button" aria-label={w.more(name)}>
            <Ellipsis />
          </button>
        </Menu>
      )}
    </li>
  )
}
