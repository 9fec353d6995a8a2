import { lazy } from 'react'
import type { CustomerSection } from '#customers/customers/slots.ts'

/** What else belongs to a customer: a part of the page for each kind that is nothing but its fields. */
export const kindsSection: CustomerSection = {
  key: 'kinds',
  place: 'next',
  component: lazy(() =>
    import('./web/KindSections.tsx').then((module) => ({ default: module.KindSections })),
  ),
}
