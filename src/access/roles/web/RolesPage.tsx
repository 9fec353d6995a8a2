import { Button } from 'antd'
import { Copy, Ellipsis, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useLabel, useLocale, useMessages } from '#ui/locale.tsx'
import { Menu, type MenuItem } from '#ui/Menu.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { noteOf } from '../rules.ts'
import { roleWords } from './messages.ts'
import { Posts } from './Posts.tsx'
import { RoleForm } from './RoleForm.tsx'
import { type Draft, draftOf, type RoleRow, useRoles, useRoleWrites } from './roles.ts'
import './roles.css'

type Open = { role: RoleRow } | { from: Draft } | 'new'

/** The roles, what each is for and who holds it, and the posts that gather them. */
export const RolesPage = ({ entities }: { entities: readonly Entity[] }) => {
  const w = useMessages(roleWords)
  const { data, error, refetch } = useRoles()
  const [open, setOpen] = useState<Open>()
  const [removing, setRemoving] = useState<RoleRow>()
  usePageTitle(w.roles)
  if (error && !data) return <Failure failure={error} onRetry={() => refetch()} />
  return (
    <div className="page-body roles-page">
      <p className="quiet">{w.lead}</p>
      <header className="settings-head">
        <h2>{w.roles}</h2>
        <Button type="primary" icon={<Plus />} onClick={() => setOpen('new')}>
          {w.add}
        </Button>
      </header>
      {!data && <SkeletonText lines={6} />}
      <ul className="role-list" aria-label={w.roles}>
        {data?.items.map((role) => (
          <Line
            key={role.id}
            role={role}
            onOpen={() => setOpen({ role })}
            onCopy={(from) => setOpen({ from })}
            onRemove={() => setRemoving(role)}
          />
        ))}
      </ul>
      {data && <Posts roles={data.items} />}
      {open && (
        <RoleForm
          entities={entities}
          {...(open !== 'new' && open)}
          onClose={() => setOpen(undefined)}
        />
      )}
      {removing && <RemoveRole role={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  )
}

type LineProps = {
  role: RoleRow
  onOpen: () => void
  onCopy: (from: Draft) => void
  onRemove: () => void
}

const Line = ({ role, onOpen, onCopy, onRemove }: LineProps) => {
  const w = useMessages(roleWords)
  const locale = useLocale()
  const label = useLabel()
  const name = label(role.label)
  const copy = () => {
    const draft = draftOf(role)
    onCopy({ ...draft, label: { zh: w.copyOf(draft.label.zh), en: '' } })
  }
  const items: MenuItem[] = [
    { key: 'copy', label: w.copy, icon: <Copy />, run: copy },
    ...(role.built_in
      ? []
      : [{ key: 'remove', label: w.remove, icon: <Trash2 />, danger: true, run: onRemove }]),
  ]
  return (
    <li className="role-line">
      <button type="button" className="role-open" onClick={onOpen}>
        <span className="role-name">{name}</span>
        <span className="quiet">{noteOf(role, locale)}</span>
      </button>
      <span className="quiet role-count">{w.people(role.people)}</span>
      <Menu label={w.moreOf(name)} items={items}>
        <button type="button" className="icon-button" aria-label={w.moreOf(name)}>
          <Ellipsis />
        </button>
      </Menu>
    </li>
  )
}

const RemoveRole = ({ role, onClose }: { role: RoleRow; onClose: () => void }) => {
  const w = useMessages(roleWords)
  const label = useLabel()
  const toast = useToast()
  const write = useRoleWrites()
  const name = label(role.label)
  return (
    <Confirm
      title={w.removeTitle(name)}
      text={w.removeText}
      ok={w.remove}
      stay={w.keep}
      danger
      act={async () => {
        await write.mutateAsync({ role, draft: undefined })
        toast({ text: w.removed(name) })
      }}
      onClose={onClose}
    />
  )
}
