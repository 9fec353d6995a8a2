import { lazy } from 'react'
import type { CustomerSection } from '#customers/customers/slots.ts'
import { call } from '#platform/door/client.ts'

type Page = { items: unknown[]; next: string | null }

export const filesSection: CustomerSection = {
  key: 'files',
  place: 'next',
  component: lazy(() =>
    import('./web/FilesSection.tsx').then((module) => ({ default: module.FilesSection })),
  ),
  along: {
    count: async (id) => {
      const { items, next } = await call<Page>('GET', `/customers/${id}/files`)
      return { count: items.length, more: next !== null }
    },
    say: (count) => ({ zh: `${count} 个文件`, en: `${count} files` }),
  },
}
