import { chronicleSection } from '#contact/chronicle/plugs.ts'
import { nextSection } from '#contact/tasks/plugs.ts'
import { contactsSection } from '#customers/contacts/plugs.ts'
import { bewareSection } from '#customers/customers/plugs.ts'
import { fillCustomerSections } from '#customers/customers/slots.ts'
import { filesSection } from '#customers/files/plugs.ts'
import { teamSection } from '#customers/members/plugs.ts'

/** Fills what the pages of lower floors offer; each column shows its sections in this order. */
export const fillSections = () =>
  fillCustomerSections([
    chronicleSection,
    nextSection,
    bewareSection,
    contactsSection,
    teamSection,
    filesSection,
  ])
