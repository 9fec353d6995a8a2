import { Anchor } from '#ui/Anchor.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { appWords } from './messages.ts'
import { useNavigation } from './navigation.tsx'

/** On a phone: the places for which the bar at the lower edge has no room. */
export const Places = () => {
  const w = useMessages(appWords)
  const { may } = useDirectory()
  const { groups, bar } = useNavigation(() => {}, may)
  const inBar = new Set(bar.map((item) => item.href))
  const rest = groups.flatMap(({ items }) => items).filter(({ href }) => !inBar.has(href))
  return (
    <nav className="places" aria-label={w.places}>
      {rest.map((place) => (
        <Anchor key={place.key} className="place" href={place.href}>
          {place.icon}
          {place.label}
        </Anchor>
      ))}
    </nav>
  )
}
