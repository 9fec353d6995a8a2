import { lazy } from 'react'
import type { CustomerSection } from '#customers/customers/slots.ts'

/** Who else is on it, among what stands beside the chronicle. */
export const teamSection: CustomerSection = {
  key: 'team',
  place: 'next',
  component: lazy(() =>
    import('./web/TeamSection.tsx').then((module) => ({ default: module.TeamSection })),
  ),
}
