import { chronicleSection } from '#contact/chronicle/plugs.ts'
import { interaction } from '#contact/interactions/fields.ts'
import { task } from '#contact/tasks/fields.ts'
import { nextSection } from '#contact/tasks/plugs.ts'
import { contact } from '#customers/contacts/fields.ts'
import { contactsSection } from '#customers/contacts/plugs.ts'
import { customer } from '#customers/customers/fields.ts'
import { bewareSection } from '#customers/customers/plugs.ts'
import { fillCustomerSections } from '#customers/customers/slots.ts'
import { filesSection } from '#customers/files/plugs.ts'
import { kindsSection } from '#customers/kinds/plugs.ts'
import { teamSection } from '#customers/members/plugs.ts'
import { fillRelations, relationsAmong } from '#platform/conditions/relations.ts'
import { fileRelations } from '#platform/files/relations.ts'

const entities = [customer, contact, interaction, task]

/** Fills what lower floors offer: the sections of pages in their order, and what conditions can follow. */
export const fillSections = () => {
  fillRelations([...relationsAmong(entities), ...fileRelations(entities)])
  fillCustomerSections([
    chronicleSection,
    nextSection,
    bewareSection,
    contactsSection,
    teamSection,
    kindsSection,
    filesSection,
  ])
}
