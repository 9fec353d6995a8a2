import { lazy } from 'react'
import type { CustomerSection } from '#customers/customers/slots.ts'

/** The people at a customer, and whom to call. */
export const contactsSection: CustomerSection = {
  key: 'contacts',
  place: 'next',
  component: lazy(() =>
    import('./web/ContactsSection.tsx').then((module) => ({ default: module.ContactsSection })),
  ),
  bar: lazy(() => import('./web/CallMenu.tsx').then((module) => ({ default: module.CallMenu }))),
}
