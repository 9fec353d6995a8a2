import { lazy } from 'react'
import type { CustomerSection } from '#customers/customers/slots.ts'

export const filesSection: CustomerSection = {
  key: 'files',
  place: 'next',
  component: lazy(() =>
    import('./web/FilesSection.tsx').then((module) => ({ default: module.FilesSection })),
  ),
}
