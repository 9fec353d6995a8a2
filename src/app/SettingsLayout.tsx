import { Outlet } from '@tanstack/react-router'
import { useTravel } from '#ui/Anchor.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { kinds } from '#ui/kinds.ts'
import { useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/narrow.ts'
import { TabLinks } from '#ui/TabLinks.tsx'
import { appWords } from './messages.ts'
import { Places } from './Places.tsx'

/** The pages of settings side by side, as far as they concern this person. */
export const SettingsLayout = () => {
  const w = useMessages(appWords)
  const { may } = useDirectory()
  const { path } = useTravel()
  const narrow = useNarrow()
  const links: { href: string; label: string; permission?: string }[] = [
    { href: '/settings', label: w.own },
    { href: '/settings/access', label: w.myAccess },
    { href: '/settings/keys', label: w.apiKeys, permission: 'api_keys.own' },
    { href: '/settings/people', label: w.people, permission: 'people.manage' },
    { href: '/settings/roles', label: w.roles, permission: 'roles.manage' },
    { href: '/settings/departments', label: w.departments, permission: 'departments.manage' },
    { href: '/settings/fields', label: w.fields, permission: 'fields.manage' },
    { href: '/settings/dictionaries', label: w.dictionaries, permission: 'fields.manage' },
    { href: '/settings/stages', label: w.stages, permission: 'fields.manage' },
  ]
  const deletes = kinds().some(({ plural }) => may(`${plural}.delete`))
  if (deletes) links.push({ href: '/settings/bin', label: w.bin })
  const shown = links.filter(({ permission }) => !permission || may(permission))
  const refused =
    links.some(({ href }) => href === path) && !shown.some(({ href }) => href === path)
  return (
    <div className="page settings">
      {narrow && path === '/settings' && <Places />}
      <header className="page-head">
        <h1>{w.settings}</h1>
      </header>
      {shown.length > 1 && <TabLinks label={w.settings} links={shown} />}
      {refused ? <Empty drawing="door" title={w.noRight} text={w.noRightText} /> : <Outlet />}
    </div>
  )
}
