import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRoles } from '#access/people/web/people.ts'
import { grantLabels } from '#access/roles/rules.ts'
import type { Customer } from '#customers/customers/slots.ts'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { nameOf, useDirectory } from '#ui/directory.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useLabel, useLocale, useMarks, useMessages } from '#ui/locale.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { sayDay } from '#ui/time.ts'
import type { members, Why } from '../contract.ts'
import { teamWords } from './messages.ts'
import { PrincipalPick } from './PrincipalPick.tsx'

type Access = OutputOf<typeof members.access>

/** Everybody who sees the customer, each with the reason; and why one of the others does not. */
export const WhoSees = ({ customer, onClose }: { customer: Customer; onClose: () => void }) => {
  const w = useMessages(teamWords)
  const { clauses } = useMarks()
  const { people } = useDirectory()
  const why = useWhy()
  const [person, setPerson] = useState<number | null>(null)
  const all = useAccess(customer.id, null)
  const asked = useAccess(customer.id, person)
  const seers = all.data?.people ?? []
  return (
    <Dialog title={w.whoSees} footer={null} width={520} onCancel={onClose}>
      {all.isPending && <SkeletonText lines={4} />}
      {all.isError && <Failure failure={all.error} onRetry={() => all.refetch()} />}
      {all.isSuccess && <p className="quiet">{w.whoSeesText(seers.length)}</p>}
      <ul className="seers">
        {seers.map(({ id, view, edit }) => (
          <li key={id}>
            <strong>{nameOf(people, id) ?? id}</strong>
            <span className="quiet">{edit.length > 0 ? w.mayEdit : w.mayOnlySee}</span>
            <span className="seer-why">
              {clauses([...new Set(view.map((each) => why(each, id)))])}
            </span>
          </li>
        ))}
      </ul>
      <div className="form-line">
        <label htmlFor="why-not">{w.whyNot}</label>
        <PrincipalPick id="why-not" value={person} onChange={setPerson} onlyPeople />
      </div>
      {person !== null && asked.data?.asked && <Answer access={asked.data} person={person} />}
    </Dialog>
  )
}

const useAccess = (customerId: string, person: number | null) =>
  useQuery({
    queryKey: ['access', customerId, person],
    queryFn: ({ signal }) =>
      call<Access>('GET', `/customers/${customerId}/access`, {
        query: person === null ? {} : { person_id: person },
        signal,
      }),
  })

/** One reason in words, as it reads beside the name of the person. */
const useWhy = () => {
  const w = useMessages(teamWords)
  const label = useLabel()
  const locale = useLocale()
  const { today, departments } = useDirectory()
  const roleName = useRoleName()
  return (each: Why, person: number): string => {
    if (each.by === 'owner') return w.asOwner
    if (each.by === 'scope') return w.asScope(label(grantLabels[each.scope]), roleName(each.role))
    const until = each.until === null ? undefined : sayDay(each.until, today, locale)
    return each.principal_id === person
      ? w.asMember(until)
      : w.throughDepartment(nameOf(departments, each.principal_id) ?? '', until)
  }
}

const useRoleName = () => {
  const label = useLabel()
  const roles = useRoles()
  return (id: string) => {
    const found = roles.find((each) => each.id === id)
    return found ? label(found.label) : id
  }
}

const Answer = ({ access, person }: { access: Access; person: number }) => {
  const w = useMessages(teamWords)
  const { clauses } = useMarks()
  const label = useLabel()
  const locale = useLocale()
  const { people, departments, today } = useDirectory()
  const why = useWhy()
  const roleName = useRoleName()
  const { asked } = access
  if (!asked) return null
  const name = nameOf(people, person) ?? ''
  if (!asked.active) return <p role="status">{w.stopped(name)}</p>
  if (asked.view.length > 0)
    return (
      <p role="status">
        {w.sees(name)} {clauses(asked.view.map((each) => why(each, person)))}
      </p>
    )
  if (asked.roles.length === 0) return <p role="status">{w.noRoleSees(name)}</p>
  const owner = access.owner_id === null ? w.nobody : (nameOf(people, access.owner_id) ?? '')
  const department =
    access.department_id === null
      ? w.noDepartment
      : (nameOf(departments, access.department_id) ?? '')
  return (
    <div role="status">
      <p>{w.notYours(name)}</p>
      <ul className="reasons">
        {asked.ended.map((day) => (
          <li key={day}>{w.endedOn(sayDay(day, today, locale))}</li>
        ))}
        {asked.roles.map(({ role, scope }) => (
          <li key={role}>{w.reachOf(roleName(role), label(grantLabels[scope]))}</li>
        ))}
        <li>{w.standsIn(owner, department)}</li>
      </ul>
    </div>
  )
}
