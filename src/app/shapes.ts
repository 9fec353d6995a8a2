import type { Shape } from '#access/fields/web/definitions.ts'
import { interaction } from '#contact/interactions/fields.ts'
import { task } from '#contact/tasks/fields.ts'
import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import { useCustomerGroups } from '#customers/customers/web/CustomerForm.tsx'

const useNoGroups = () => none
const none: readonly never[] = []

/** The kinds of records whose fields an administrator may add to, each with the groups of its form. */
export const shapes: readonly Shape[] = [
  { entity: customer, useGroups: useCustomerGroups },
  { entity: contact, useGroups: useNoGroups },
  { entity: interaction, useGroups: useNoGroups },
  { entity: task, useGroups: useNoGroups },
]
