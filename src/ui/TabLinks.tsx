import { Anchor, useTravel } from './Anchor.tsx'

/** Pages that belong together, side by side as tabs; each has its address. */
export const TabLinks = (props: {
  label: string
  links: readonly { href: string; label: string }[]
}) => {
  const { path } = useTravel()
  return (
    <nav className="tabs" aria-label={props.label}>
      {props.links.map(({ href, label }) => (
        <Anchor
          key={href}
          className="tab tab-link"
          href={href}
          aria-current={path.replace(/\/$/, '') === href ? 'page' : undefined}
        >
          {label}
        </Anchor>
      ))}
    </nav>
  )
}
