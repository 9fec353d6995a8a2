import { PencilLine } from 'lucide-react'
import { lazy } from 'react'
import type { CustomerSection } from '#customers/customers/slots.ts'
import { call } from '#platform/door/client.ts'

type Page = { items: unknown[]; next: string | null }

/** The middle of the customer page: what was said, with the line to write the next on top. */
export const chronicleSection: CustomerSection = {
  key: 'chronicle',
  place: 'centre',
  component: lazy(() =>
    import('./web/Chronicle.tsx').then((module) => ({ default: module.Chronicle })),
  ),
  begin: {
    key: 'n',
    label: { zh: '记一笔', en: 'Note' },
    icon: PencilLine,
    permission: 'interactions.create',
  },
  along: {
    count: async (id) => {
      const { items, next } = await call<Page>('GET', `/customers/${id}/interactions`, {
        query: { limit: 200 },
      })
      return { count: items.length, more: next !== null }
    },
    say: (count) => ({ zh: `${count} 条往来`, en: `${count} interactions` }),
  },
}
