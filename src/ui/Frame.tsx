import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Anchor, useTravel } from './Anchor.tsx'
import { useMessages } from './locale.tsx'
import { Mark, Wordmark } from './Wordmark.tsx'
import { words } from './words.ts'

type NavItem = {
  key: string
  label: string
  icon: ReactNode
  href: string
  /** Shown only where something waits. */
  count?: number | undefined
}
export type NavGroup = { key: string; label?: string; items: readonly NavItem[] }
/** A place of the bottom bar of a phone: an address or something to do. */
export type BarItem = {
  key: string
  label: string
  icon: ReactNode
  href?: string
  onPress?: () => void
  count?: number | undefined
}

type Props = {
  groups: readonly NavGroup[]
  bar: readonly BarItem[]
  onSearch: () => void
  /** The person, at the foot of the navigation. */
  account: ReactNode
  children: ReactNode
}

const stored = 'zhike.nav'

/** The one frame of the application: navigation on the left, on a phone a bar below. */
export const Frame = ({ groups, bar, onSearch, account, children }: Props) => {
  const w = useMessages(words)
  const [folded, setFolded] = useState(() => localStorage.getItem(stored) === 'folded')
  useEffect(() => localStorage.setItem(stored, folded ? 'folded' : 'open'), [folded])
  return (
    <div className="frame" data-folded={folded || undefined}>
      <a className="skip" href="#content">
        {w.skip}
      </a>
      <aside className="side">
        <header className="side-head">
          <Anchor className="brand" href="/" aria-label="知客">
            {folded ? <Mark /> : <Wordmark />}
          </Anchor>
        </header>
        <button
          type="button"
          className="side-search"
          onClick={onSearch}
          aria-label={w.palette}
          aria-keyshortcuts="Control+K"
        >
          <Search />
          <span>{w.search}</span>
          <kbd>{shortcut}</kbd>
        </button>
        <nav aria-label={w.navigation}>
          {groups.map((group) => (
            <div className="nav-group" key={group.key}>
              {group.label && <p className="nav-label">{group.label}</p>}
              {group.items.map((item) => (
                <NavLink key={item.key} item={item} folded={folded} />
              ))}
            </div>
          ))}
        </nav>
        <footer className="side-foot">
          {account}
          <button
            type="button"
            className="icon-button fold"
            onClick={() => setFolded(!folded)}
            aria-label={folded ? w.unfold : w.fold}
            title={folded ? w.unfold : w.fold}
          >
            {folded ? <PanelLeftOpen /> : <PanelLeftClose />}
          </button>
        </footer>
      </aside>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <nav className="bar-nav" aria-label={w.navigation}>
        {bar.map((item) => (
          <BarLink key={item.key} item={item} />
        ))}
      </nav>
    </div>
  )
}

const shortcut = navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'

const useIsHere = () => {
  const { path } = useTravel()
  return (href: string) =>
    href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
}

const NavLink = ({ item, folded }: { item: NavItem; folded: boolean }) => {
  const here = useIsHere()(item.href)
  return (
    <Anchor
      className="nav-item"
      href={item.href}
      aria-current={here ? 'page' : undefined}
      title={folded ? item.label : undefined}
    >
      {item.icon}
      <span className="nav-word">{item.label}</span>
      {item.count ? <span className="nav-count">{item.count}</span> : null}
    </Anchor>
  )
}

const BarLink = ({ item }: { item: BarItem }) => {
  const here = useIsHere()
  const inside = (
    <>
      {item.icon}
      <span>{item.label}</span>
      {item.count ? <span className="nav-count">{item.count}</span> : null}
    </>
  )
  if (!item.href)
    return (
      <button type="button" className="bar-item" onClick={item.onPress}>
        {inside}
      </button>
    )
  return (
    <Anchor
      className="bar-item"
      href={item.href}
      aria-current={here(item.href) ? 'page' : undefined}
    >
      {inside}
    </Anchor>
  )
}
