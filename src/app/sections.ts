import { chronicleSection } from '#contact/chronicle/plugs.ts'
import { nextSection } from '#contact/tasks/plugs.ts'
import { contactsSection } from '#customers/contacts/plugs.ts'
import { bewareSection } from '#customers/customers/plugs.ts'
import { fillCustomerSections } from '#customers/customers/slots.ts'
import { filesSection } from '#customers/files/plugs.ts'
import { kindsSection } from '#customers/kinds/plugs.ts'
import { teamSection } from '#customers/members/plugs.ts'
import { fillRelations, relationsAmong } from '#platform/conditions/relations.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { fileRelations } from '#platform/files/relations.ts'

/** Fills what lower floors offer: the sections of pages in their order, and what conditions can follow. */
export const fillSections = (entities: readonly Entity[]) => {
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
