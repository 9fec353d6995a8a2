import { lazy } from 'react'
import type { CustomerSection } from './slots.ts'

/** What the customer itself warns of stands among what the upper slices bring. */
export const bewareSection: CustomerSection = {
  key: 'beware',
  place: 'next',
  component: lazy(() => import('./web/Beware.tsx').then((module) => ({ default: module.Beware }))),
  line: lazy(() => import('./web/Beware.tsx').then((module) => ({ default: module.BewareLine }))),
}
