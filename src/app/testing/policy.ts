import type { BuiltIn } from '#access/roles/rules.ts'
import type { Firm, Held, Member } from './firm.ts'
import { standing } from './standing.ts'

type Who = BuiltIn

const everybody: readonly Who[] = ['administrator', 'manager', 'staff', 'reader']
const writers: readonly Who[] = ['administrator', 'manager', 'staff']
const leaders: readonly Who[] = ['administrator', 'manager']
const administrators: readonly Who[] = ['administrator']

/**
 * Who may do what, as the firm wants it: written by hand and not derived from the product, so that a
 * slip in either shows. A new permission key is added here on purpose.
 */
const special: Readonly<Record<string, readonly Who[]>> = {
  signed_in: everybody,
  'customers.view': everybody,
  'customers.create': writers,
  'customers.edit': writers,
  'customers.delete': leaders,
  'customers.import': writers,
  'customers.export': leaders,
  'interactions.view': everybody,
  'interactions.create': writers,
  'interactions.edit': writers,
  'interactions.delete': writers,
  'interactions.export': leaders,
  'tasks.view': everybody,
  'tasks.create': writers,
  'tasks.edit': writers,
  'tasks.delete': writers,
  'tasks.export': leaders,
  'files.view': everybody,
  'files.create': writers,
  'files.delete': writers,
  'events.view': leaders,
  'imports.all': administrators,
  'exports.all': administrators,
  'exports.large': administrators,
  'bin.manage': administrators,
  'people.manage': administrators,
  'roles.manage': administrators,
  'departments.manage': administrators,
  'fields.manage': administrators,
  'fields.plain': writers,
  'views.share': leaders,
  'api_keys.own': writers,
}

/** What holds of every kind that is nothing but its fields. */
const alike: Readonly<Record<string, readonly Who[]>> = {
  view: everybody,
  create: writers,
  edit: writers,
  delete: writers,
  export: leaders,
}

export const policy: Readonly<Record<string, readonly Who[]>> = {
  ...special,
  ...Object.fromEntries(
    standing().flatMap(({ plural }) =>
      Object.entries(alike).map(([verb, who]) => [`${plural}.${verb}`, who]),
    ),
  ),
}

export const permitted = ({ role, verbs }: Member, key: string): boolean => {
  const roles = policy[key]
  if (!roles) throw new Error(`The policy does not know ${key}`)
  if (!verbs || role !== 'clerk') return roles.some((each) => each === role)
  return key === 'signed_in' || (!beyondRecords.includes(key) && verbOf(key) in verbs)
}

/** What a permission of a kind of record lets do. */
const verbOf = (key: string) => key.split('.')[1] ?? ''
const beyondRecords = ['events.view']

/** Whose customer is out of sight, of that nothing below it is seen, whatever the scope for its kind. */
export const sees = (firm: Firm, member: Member, held: Held, key = 'customers.view') =>
  covered(firm, member, held, key) &&
  (key.startsWith('customers.') || covered(firm, member, held, 'customers.view'))

/** Which customers a data scope covers; own ones always. */
const covered = (firm: Firm, member: Member, held: Held, key: string) => {
  const { by, verbs, department, listed } = member
  const own = Object.entries(verbs ?? {}).find(([verb]) => verb === verbOf(key))?.[1]
  const scope = verbs ? own : member.scope
  if (!scope) return false
  if (held.owner === by.id || scope === 'all') return true
  if (scope === 'own') return false
  if (scope === 'department') return held.department === department
  return below(firm, scope === 'listed' ? listed : [department]).includes(held.department)
}

const below = ({ house, hill }: Firm, departments: readonly number[]) => {
  const { top, north, south } = house.departments
  const parts = new Map([
    [top, [top, north, south, hill]],
    [north, [north, hill]],
    [south, [south]],
    [hill, [hill]],
  ])
  return departments.flatMap((each) => parts.get(each) ?? [])
}
