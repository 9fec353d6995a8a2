import { PencilLine } from 'lucide-react'
import { lazy } from 'react'
import type { CustomerSection } from '#customers/customers/slots.ts'

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
}
