import { useId } from 'react'
import { Anchor, useTravel } from './Anchor.tsx'

type Link = { href: string; label: string; hidden?: boolean }

export type Group = { label: string; links: readonly Link[] }

/** Pages that belong together, too many for one row: a column beside them, lines above them on a phone. */
export const GroupedLinks = (props: { label: string; groups: readonly Group[] }) => (
  <nav className="grouped-links" aria-label={props.label}>
    {props.groups.map(({ label, links }) => {
      const shown = links.filter(({ hidden }) => !hidden)
      return shown.length > 0 && <LinkGroup key={label} label={label} links={shown} />
    })}
  </nav>
)

const LinkGroup = ({ label, links }: Group) => {
  const { path } = useTravel()
  const name = useId()
  return (
    <div className="link-group">
      <span className="link-group-name" id={name}>
        {label}
      </span>
      <ul aria-labelledby={name}>
        {links.map(({ href, label }) => (
          <li key={href}>
            <Anchor
              className="group-link"
              href={href}
              aria-current={currentOf(path.replace(/\/$/, ''), href)}
            >
              {label}
            </Anchor>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The page itself, or the one that the page stands below; what all begin with is above none of them. */
const currentOf = (path: string, href: string) => {
  if (path === href) return 'page' as const
  return href.split('/').length > 2 && path.startsWith(`${href}/`) ? ('true' as const) : undefined
}
