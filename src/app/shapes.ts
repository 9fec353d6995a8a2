import type { Shape } from '#access/fields/web/definitions.ts'
import { useCustomerGroups } from '#customers/customers/web/CustomerForm.tsx'
import { foundKinds } from './kinds.ts'

const useNoGroups = () => none
const none: readonly never[] = []

/** The kinds of records whose fields an administrator may add to, each with the groups of its form. */
export const shapes: readonly Shape[] = [
  ...foundKinds.map((entity) => ({
    entity,
    useGroups: entity.root ? useCustomerGroups : useNoGroups,
  })),
]
