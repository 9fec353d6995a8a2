import { Outlet, useRouterState } from '@tanstack/react-router'
import { useTravel } from '#ui/Anchor.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { type Group, GroupedLinks } from '#ui/GroupedLinks.tsx'
import { kinds } from '#ui/kinds.ts'
import { useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import { appWords } from './messages.ts'
import { Places } from './Places.tsx'

/** The pages of settings side by side, as far as they concern this person. */
export const SettingsLayout = () => {
  const w = useMessages(appWords)
  const { may } = useDirectory()
  const { path } = useTravel()
  // A page that is left stays until the next one has come, and is judged as long as it does.
  const standing = useRouterState({ select: ({ matches }) => matches.at(-1)?.pathname })
  const narrow = useNarrow()
  const deletes = kinds().some(({ plural }) => may(`${plural}.delete`))
  const brings = may('imports.all') || kinds().some(({ plural }) => may(`${plural}.import`))
  const takes = may('exports.all') || kinds().some(({ plural }) => may(`${plural}.export`))
  const groups: readonly Group[] = [
    {
      label: w.mine,
      links: [
        { href: '/settings', label: w.own },
        { href: '/settings/access', label: w.myAccess },
        { href: '/settings/keys', label: w.apiKeys, hidden: !may('api_keys.own') },
      ],
    },
    {
      label: w.firm,
      links: [
        { href: '/settings/people', label: w.people, hidden: !may('people.manage') },
        { href: '/settings/departments', label: w.departments, hidden: !may('departments.manage') },
        { href: '/settings/roles', label: w.roles, hidden: !may('roles.manage') },
      ],
    },
    {
      label: w.data,
      links: [
        { href: '/settings/fields', label: w.fields, hidden: !may('fields.manage') },
        { href: '/settings/dictionaries', label: w.dictionaries, hidden: !may('fields.manage') },
        { href: '/settings/stages', label: w.stages, hidden: !may('fields.manage') },
        { href: '/settings/imports', label: w.imports, hidden: !brings },
        { href: '/settings/exports', label: w.exports, hidden: !takes },
        { href: '/settings/bin', label: w.bin, hidden: !deletes },
      ],
    },
  ]
  // On a phone a page below one of them has the way back on it, and all of the screen.
  const below = narrow && path.split('/').length > 3
  const refused = groups.some(({ links }) =>
    links.some(({ href, hidden }) => href === standing && hidden),
  )
  return (
    <div className="page settings">
      {narrow && path === '/settings' && <Places />}
      <header className="page-head">
        <h1>{w.settings}</h1>
      </header>
      <div className="settings-columns">
        {!below && <GroupedLinks label={w.settings} groups={groups} />}
        <div className="settings-main">
          {refused ? <Empty drawing="door" title={w.noRight} text={w.noRightText} /> : <Outlet />}
        </div>
      </div>
    </div>
  )
}
