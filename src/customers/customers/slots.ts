import type { ComponentType } from 'react'
import type { Label } from '#platform/fields/field.ts'
import type { Customer } from './web/look.tsx'

export type { Customer }

export type SectionProps = {
  record: Customer
  /** Grows each time the reader asks to begin something here, by key or from the bar of a phone. */
  begun: number
}

/** A part of the customer page that another slice brings. */
export type CustomerSection = {
  key: string
  /** `centre`: what was said; `next`: what to do, with whom, with what. */
  place: 'centre' | 'next'
  component: ComponentType<SectionProps>
  /** Where the columns do not fit beside each other: one line under the customer's name. */
  line?: ComponentType<{ record: Customer }>
  /** A place of its own in the bar of a phone. */
  bar?: ComponentType<{ record: Customer }>
  /** A way to begin: a key, and a place in the bar of a phone. */
  begin?: { key: string; label: Label; icon: ComponentType; permission: string }
}

const filled: CustomerSection[] = []

/** `customer.sections`: filled once by the application, in the order in which they are shown. */
export const fillCustomerSections = (sections: readonly CustomerSection[]) => {
  filled.splice(0, filled.length, ...sections)
}

export const customerSections = (): readonly CustomerSection[] => filled
