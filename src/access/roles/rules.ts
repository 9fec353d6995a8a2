import { type Actor, everyone, type Right } from '#platform/database/ctx.ts'
import type { Fields, Label, Locale, Sensitivity } from '#platform/fields/field.ts'
import { text } from '#platform/fields/kinds.ts'

/** The roles that every installation begins with; all but the administrator's may be changed. */
export const builtIn = ['administrator', 'manager', 'staff', 'reader'] as const
export type BuiltIn = (typeof builtIn)[number]
export const administrator = 'administrator'

/** What stands beside the roles that come along, as it was first written down and for who reads English. */
const builtInNotes: Record<BuiltIn, Label> = {
  administrator: {
    zh: '管理人员、角色、部门、字段和全部数据',
    en: 'Manages people, roles, departments, fields and all data',
  },
  manager: {
    zh: '查看和修改范围内的客户，可导入、导出，可看操作记录',
    en: 'Sees and changes the customers in reach, imports, exports, reads the event log',
  },
  staff: {
    zh: '管理范围内的客户，可导入；不能删除客户，不能导出',
    en: 'Looks after the customers in reach, imports; deletes no customer, exports nothing',
  },
  reader: {
    zh: '只看不改，电话等个人信息隐去一部分',
    en: 'Reads and changes nothing; phones and the like are partly covered',
  },
}

/** The description of a role; of one that came along in the reader's language until somebody put it otherwise. */
export const noteOf = (role: { id: string; description: string }, locale: Locale) => {
  const known = builtIn.find((id) => id === role.id)
  const note = known && builtInNotes[known]
  return note?.zh === role.description ? note[locale] : role.description
}

/** 本人, 本部门, 本部门及下级, 指定部门, 全部. */
export const scopes = ['own', 'department', 'subtree', 'listed', 'all'] as const
export type Scope = (typeof scopes)[number]

/** How far a verb of a role reaches: not at all, as far as set with each person, or so far. */
export const grants = ['none', 'personal', ...scopes] as const
export type Grant = (typeof grants)[number]

export const grantLabels: Record<Grant, Label> = {
  none: { zh: '不可', en: 'No' },
  personal: { zh: '按人员', en: 'As set per person' },
  own: { zh: '本人', en: 'Own' },
  department: { zh: '本部门', en: 'Department' },
  subtree: { zh: '本部门及下级', en: 'Department and below' },
  listed: { zh: '指定部门', en: 'Listed departments' },
  all: { zh: '全部', en: 'Everything' },
}

/** What may be done with records of a kind. */
export const verbs = ['view', 'create', 'edit', 'delete', 'import', 'export', 'transfer'] as const
export type Verb = (typeof verbs)[number]

export const verbLabels: Record<Verb, Label> = {
  view: { zh: '查看', en: 'View' },
  create: { zh: '新建', en: 'Create' },
  edit: { zh: '修改', en: 'Edit' },
  delete: { zh: '删除', en: 'Delete' },
  import: { zh: '导入', en: 'Import' },
  export: { zh: '导出', en: 'Export' },
  transfer: { zh: '移交', en: 'Transfer' },
}

/** Permissions beyond records, each with what it lets a person do. */
export const furtherKeys = {
  'people.manage': { zh: '管理人员', en: 'Manage people' },
  'roles.manage': { zh: '管理角色和岗位', en: 'Manage roles and posts' },
  'departments.manage': { zh: '管理部门', en: 'Manage departments' },
  'fields.manage': { zh: '管理字段和编号', en: 'Manage fields and numbering' },
  'fields.plain': {
    zh: '查看隐去的内容（须填原因）',
    en: 'See what is covered, with a reason',
  },
  'fields.plain_freely': {
    zh: '查看隐去的内容时不用填原因',
    en: 'See what is covered without a reason',
  },
  'views.share': { zh: '共享视图', en: 'Share views' },
  'imports.all': { zh: '查看所有人的导入', en: 'See everybody’s imports' },
  'exports.large': { zh: '大量导出', en: 'Large exports' },
  'exports.all': { zh: '管理导出', en: 'Manage exports' },
  'bin.manage': { zh: '管理回收站', en: 'Manage the recycle bin' },
  'events.view': { zh: '查看操作记录', en: 'Read the event log' },
  'api_keys.own': { zh: '使用 API 密钥', en: 'Use API keys' },
} as const satisfies Record<string, Label>

/** What only administrators hold, whatever else a role may gather. */
export const administers = 'administer'

/** A field without a sensitivity counts as internal. */
export const levels = ['internal', 'personal', 'sensitive'] as const satisfies Sensitivity[]
/** From the weakest to the strongest. */
export const fieldRights = ['hidden', 'masked', 'read', 'write'] as const satisfies Right[]

export const rightLabels: Record<Right, Label> = {
  hidden: { zh: '隐藏', en: 'Hidden' },
  masked: { zh: '打码', en: 'Covered' },
  read: { zh: '只读', en: 'Read' },
  write: { zh: '可改', en: 'Write' },
}

/** `*` stands for every kind of record, those that come later included, unless a kind says otherwise. */
export type Rights = {
  kinds: Record<string, Partial<Record<Verb, Grant>>>
  keys: string[]
  levels: Record<Sensitivity, Right>
  /** By `<entity>.<field>`, where the sensitivity does not decide. */
  fields: Record<string, Right>
}

/** A kind of record as rights know it. */
export type Kind = { name: string; plural: string; label: Label; root?: true }
/** What is no entity and yet reached like one. */
export const file: Kind = { name: 'file', plural: 'files', label: { zh: '附件', en: 'File' } }

/** What `*` says of kinds that come later. */
export const later: Kind = {
  name: '*',
  plural: '*',
  label: { zh: '以后的类型', en: 'Later kinds' },
}
/** Fields that come later, one for each sensitivity: what the levels say of them. */
const laterFields: Fields = Object.fromEntries(
  levels.map((sensitivity) => [`*${sensitivity}`, text({ label: later.label, sensitivity })]),
)

/** What administrators hold: it grows with the product and nobody can lessen it. */
const full: Rights = {
  kinds: { '*': Object.fromEntries(verbs.map((verb) => [verb, 'personal'])) },
  keys: [...Object.keys(furtherKeys), administers],
  levels: { internal: 'write', personal: 'write', sensitive: 'write' },
  fields: {},
}

export type Role = { id: string; departments: readonly number[]; rights: Rights }
/** Who holds roles; `below` tells of a department it and those under it. */
export type Holder = {
  id: number
  department_id: number
  scope: Scope
  scope_departments: readonly number[]
  roles: readonly Role[]
  below: Readonly<Record<string, readonly number[]>>
}

export const rightsOf = ({ id, rights }: Role): Rights => (id === administrator ? full : rights)

export const grantOf = ({ kinds }: Rights, kind: string, verb: Verb): Grant =>
  kinds[kind]?.[verb] ?? kinds['*']?.[verb] ?? 'none'

/**
 * The principals whose rows a permission covers, over all roles together; undefined: not permitted.
 * The one place where a person, a verb and a scope become principals. A key beyond records reaches as
 * far as the roles that hold it show customers.
 */
export const reachOf = (
  who: Holder,
  kinds: readonly Kind[],
  permission: string,
): readonly number[] | undefined => {
  const [plural = '', last = ''] = permission.split('.')
  const kind = kinds.find((each) => each.plural === plural)
  const verb = verbs.find((each) => each === last)
  if (kind && verb) return over(who, who.roles, kind.name, verb)
  const holding = who.roles.filter((role) => rightsOf(role).keys.includes(permission))
  if (holding.length === 0) return undefined
  const root = kinds.find((each) => each.root)
  return (root && over(who, holding, root.name, 'view')) ?? []
}

const over = (who: Holder, roles: readonly Role[], kind: string, verb: Verb) => {
  const sources = sourcesOf(who, roles, kind, verb)
  return sources.length === 0
    ? undefined
    : [...new Set(sources.flatMap(({ principals }) => principals))]
}

/** How far one role takes a verb: the scope it comes to, its departments, and the principals these are. */
export type Source = {
  role: string
  grant: Exclude<Grant, 'none'>
  scope: Scope
  departments: readonly number[]
  principals: readonly number[]
}

/** Where a reach comes from, role by role; `reachOf` is the sum of it. */
export const sourcesOf = (
  who: Holder,
  roles: readonly Role[],
  kind: string,
  verb: Verb,
): Source[] =>
  roles.flatMap((role) => {
    const grant = grantOf(rightsOf(role), kind, verb)
    if (grant === 'none') return []
    const [scope, listed] =
      grant === 'personal' ? [who.scope, who.scope_departments] : [grant, role.departments]
    const departments =
      scope === 'listed' ? listed : scope === 'own' || scope === 'all' ? [] : [who.department_id]
    return [
      { role: role.id, grant, scope, departments, principals: principalsOf(who, scope, listed) },
    ]
  })

const principalsOf = (who: Holder, scope: Scope, listed: readonly number[]): number[] => {
  const below = (departments: readonly number[]) => departments.flatMap((id) => who.below[id] ?? [])
  switch (scope) {
    case 'own':
      return [who.id]
    case 'department':
      return [who.id, who.department_id]
    case 'subtree':
      return [who.id, ...below([who.department_id])]
    case 'listed':
      return [who.id, ...below(listed)]
    case 'all':
      return [who.id, everyone]
  }
}

/** The strongest right over a field that a role gives. */
export const fieldRightOf = (
  who: Holder,
  entity: string,
  name: string,
  sensitivity: Sensitivity = 'internal',
): Right => {
  const given = fieldSourcesOf(who, entity, name, sensitivity)
  return (
    fieldRights[Math.max(0, ...given.map(({ right }) => fieldRights.indexOf(right)))] ?? 'hidden'
  )
}

/** What one role gives over a field, by a line for that field or by its sensitivity. */
type FieldSource = { role: string; right: Right; by: 'field' | Sensitivity }

/**
 * Where a right over a field comes from. Only roles count that reach records of the kind at all: who
 * may not touch customers by a role gains no sight of their fields by it either.
 */
export const fieldSourcesOf = (
  { roles }: Holder,
  entity: string,
  name: string,
  sensitivity: Sensitivity = 'internal',
): FieldSource[] =>
  roles.flatMap((role): FieldSource[] => {
    const rights = rightsOf(role)
    if (verbs.every((verb) => grantOf(rights, entity, verb) === 'none')) return []
    const own = rights.fields[`${entity}.${name}`]
    return own
      ? [{ role: role.id, right: own, by: 'field' }]
      : [{ role: role.id, right: rights.levels[sensitivity], by: sensitivity }]
  })

export const permissionKeys = (kinds: readonly Kind[]): string[] => [
  ...kinds.flatMap(({ plural }) => verbs.map((verb) => `${plural}.${verb}`)),
  ...Object.keys(furtherKeys),
  administers,
]

/**
 * The first thing that `theirs` may do and `mine` may not, with kinds and fields that come later among
 * them; undefined where nobody would gain what I do not hold. Principals are compared as they are, so the caller names a person by their department.
 */
export const beyond = (
  mine: Actor,
  theirs: Actor,
  kinds: readonly (Kind & { fields?: Fields })[],
): string | undefined => {
  if (mine.reach(administers)) return undefined
  const wider = permissionKeys(kinds).find((key) => {
    const given = theirs.reach(key)
    return given !== undefined && !holds(mine, key, given)
  })
  if (wider) return wider
  for (const { name, fields = {} } of kinds)
    for (const [key, field] of Object.entries({ ...fields, ...laterFields })) {
      const [own, given] = [mine, theirs].map((each) =>
        fieldRights.indexOf(each.right(name, key, field)),
      )
      if ((given ?? 0) > (own ?? 0)) return `${name}.${key}`
    }
  return undefined
}

/**
 * The first permission by which somebody came to principals that mine does not reach: a change among
 * departments gives away no more than a role may.
 */
export const gainBeyond = (
  mine: Actor,
  { before, after }: { before: Actor | undefined; after: Actor },
  kinds: readonly Kind[],
): string | undefined => {
  if (mine.reach(administers)) return undefined
  return permissionKeys(kinds).find((key) => {
    const had = new Set(before?.reach(key))
    const gained = (after.reach(key) ?? []).filter((each) => !had.has(each))
    return gained.length > 0 && !holds(mine, key, gained)
  })
}

const holds = (mine: Actor, key: string, principals: readonly number[]) => {
  const own = mine.reach(key)
  return (
    own !== undefined && (own.includes(everyone) || principals.every((each) => own.includes(each)))
  )
}
