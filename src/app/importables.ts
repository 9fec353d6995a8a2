import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import type { Importable } from '#platform/imports/ports.ts'

/** What tables may bring in; the server and the pages of imports both go by it. */
export const importables: readonly Importable[] = [{ entity: customer, beside: contact }]
