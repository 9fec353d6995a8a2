import { Building2, CirclePlus, Search, UserRound } from 'lucide-react'
import type { BarItem, NavGroup } from '#ui/Frame.tsx'
import { useMessages } from '#ui/locale.tsx'
import { appWords } from './messages.ts'

/** The places of the application, grouped by what people do; on a phone the few that matter. */
export const useNavigation = (openSearch: () => void) => {
  const w = useMessages(appWords)
  const customers = {
    key: 'customers',
    label: w.customers,
    icon: <Building2 />,
    href: '/customers',
  }
  const groups: readonly NavGroup[] = [{ key: 'customers', items: [customers] }]
  const bar: readonly BarItem[] = [
    customers,
    { key: 'search', label: w.search, icon: <Search />, onPress: openSearch },
    { key: 'new', label: w.make, icon: <CirclePlus />, href: '/customers?new=1' },
    { key: 'me', label: w.me, icon: <UserRound />, href: '/me' },
  ]
  return { groups, bar }
}
