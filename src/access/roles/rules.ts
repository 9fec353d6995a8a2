import type { Label, Sensitivity } from '#platform/fields/field.ts'

export const roleKeys = ['administrator', 'manager', 'staff', 'reader'] as const
export type RoleKey = (typeof roleKeys)[number]

/** 本人, 本部门, 本部门及下级, 指定部门, 全部. */
export const scopes = ['own', 'department', 'subtree', 'listed', 'all'] as const
export type Scope = (typeof scopes)[number]

export const scopeLabels: Record<Scope, Label> = {
  own: { zh: '本人', en: 'Own' },
  department: { zh: '本部门', en: 'Department' },
  subtree: { zh: '本部门及下级', en: 'Department and below' },
  listed: { zh: '指定部门', en: 'Listed departments' },
  all: { zh: '全部', en: 'Everything' },
}

type Role = {
  label: Label
  defaultScope: Scope
  /** Verbs on records of every kind. */
  verbs: readonly string[]
  /** Permission keys beyond records. */
  keys: readonly string[]
  /** Exceptions: keys that the verbs would give. */
  without: readonly string[]
  /** Fields of these sensitivities are shown masked and cannot be searched or sorted by. */
  masked: readonly Sensitivity[]
  writes: boolean
}

const recordVerbs = ['view', 'create', 'edit', 'delete', 'import', 'export']

export const roles: Record<RoleKey, Role> = {
  administrator: {
    label: { zh: '管理员', en: 'Administrator' },
    defaultScope: 'all',
    verbs: recordVerbs,
    keys: [
      'people.manage',
      'departments.manage',
      'fields.manage',
      'views.share',
      'imports.all',
      'bin.manage',
      'events.view',
      'api_keys.own',
    ],
    without: [],
    masked: [],
    writes: true,
  },
  manager: {
    label: { zh: '主管', en: 'Manager' },
    defaultScope: 'subtree',
    verbs: recordVerbs,
    keys: ['events.view', 'views.share', 'api_keys.own'],
    without: [],
    masked: [],
    writes: true,
  },
  staff: {
    label: { zh: '员工', en: 'Staff' },
    defaultScope: 'own',
    verbs: ['view', 'create', 'edit', 'delete', 'import'],
    keys: ['api_keys.own'],
    without: ['customers.delete'],
    masked: [],
    writes: true,
  },
  reader: {
    label: { zh: '只读', en: 'Reader' },
    defaultScope: 'department',
    verbs: ['view'],
    keys: [],
    without: [],
    masked: ['personal', 'sensitive'],
    writes: false,
  },
}

/** Whether a role holds a permission key such as `customers.edit` or `people.manage`. */
export const permits = (role: RoleKey, permission: string): boolean => {
  const { verbs, keys, without } = roles[role]
  if (keys.includes(permission)) return true
  if (administrative.includes(permission) || without.includes(permission)) return false
  return verbs.includes(permission.split('.')[1] ?? '')
}

/** Keys that only their own listing in a role gives. */
const administrative = [
  'people.manage',
  'departments.manage',
  'fields.manage',
  'views.share',
  'imports.all',
  'bin.manage',
  'events.view',
  'api_keys.own',
]
