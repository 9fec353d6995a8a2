import { lazy } from 'react'
import type { CustomerSection } from '#customers/customers/slots.ts'
import { call } from '#platform/door/client.ts'

type Page = { items: unknown[]; next: string | null }

/** The people at a customer, and whom to call. */
export const contactsSection: CustomerSection = {
  key: 'contacts',
  place: 'next',
  component: lazy(() =>
    import('./web/ContactsSection.tsx').then((module) => ({ default: module.ContactsSection })),
  ),
  bar: lazy(() => import('./web/CallMenu.tsx').then((module) => ({ default: module.CallMenu }))),
  along: {
    count: async (id) => {
      const { items, next } = await call<Page>('GET', `/customers/${id}/contacts`, {
        query: { limit: 200 },
      })
      return { count: items.length, more: next !== null }
    },
    say: (count) => ({ zh: `${count} 位联系人`, en: `${count} contacts` }),
  },
}
