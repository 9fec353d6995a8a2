import {
  Building2,
  CirclePlus,
  ContactRound,
  Layers,
  ListChecks,
  MessagesSquare,
  Search,
  Settings,
  Sunrise,
  UserRound,
} from 'lucide-react'
import { useDay } from '#contact/dayplan/web/day.ts'
import type { BarItem, NavGroup } from '#ui/Frame.tsx'
import { plainKinds } from '#ui/kinds.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { appWords } from './messages.ts'

/** The places of the application, grouped by what people do; on a phone the few that matter. */
export const useNavigation = (openSearch: () => void, may: (permission: string) => boolean) => {
  const w = useMessages(appWords)
  const label = useLabel()
  const day = {
    key: 'day',
    label: w.day,
    icon: <Sunrise />,
    href: '/',
    count: useWaiting(),
  }
  const customers = {
    key: 'customers',
    label: w.customers,
    icon: <Building2 />,
    href: '/customers',
  }
  const groups: readonly NavGroup[] = [
    { key: 'day', items: [day] },
    {
      key: 'customers',
      items: [
        customers,
        { key: 'contacts', label: w.contacts, icon: <ContactRound />, href: '/contacts' },
        ...plainKinds()
          .filter(({ plural }) => may(`${plural}.view`))
          .map(({ name, plural, label: words }) => ({
            key: name,
            label: label(words),
            icon: <Layers />,
            href: `/${plural}`,
          })),
      ],
    },
    {
      key: 'contact',
      items: [
        {
          key: 'interactions',
          label: w.interactions,
          icon: <MessagesSquare />,
          href: '/interactions',
        },
        { key: 'tasks', label: w.tasks, icon: <ListChecks />, href: '/tasks' },
      ],
    },
    {
      key: 'settings',
      items: [{ key: 'settings', label: w.settings, icon: <Settings />, href: '/settings' }],
    },
  ]
  const make = { key: 'new', label: w.make, icon: <CirclePlus />, href: '/customers?new=1' }
  const bar: readonly BarItem[] = [
    day,
    customers,
    ...(may('customers.create') ? [make] : []),
    { key: 'search', label: w.search, icon: <Search />, onPress: openSearch },
    { key: 'me', label: w.me, icon: <UserRound />, href: '/settings' },
  ]
  return { groups, bar }
}

/** What waits for this person now: overdue and due today. */
const useWaiting = () => {
  const { data } = useDay()
  return data && data.counts.overdue + data.counts.today
}
