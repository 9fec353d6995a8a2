import { CalendarPlus } from 'lucide-react'
import { lazy } from 'react'
import type { CustomerSection } from '#customers/customers/slots.ts'

/** What is to be done for a customer, first of all that stands beside the chronicle. */
export const nextSection: CustomerSection = {
  key: 'next',
  place: 'next',
  component: lazy(() =>
    import('./web/NextSteps.tsx').then((module) => ({ default: module.NextSteps })),
  ),
  line: lazy(() => import('./web/NextLine.tsx').then((module) => ({ default: module.NextLine }))),
  begin: {
    key: 't',
    label: { zh: '下一步', en: 'Next step' },
    icon: CalendarPlus,
    permission: 'tasks.create',
  },
}
