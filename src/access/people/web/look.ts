import type { Fields } from '#platform/fields/field.ts'
import * as f from '#platform/fields/kinds.ts'

/** How a person stands in a table. */
export const personFields: Fields = {
  name: f.text({ label: { zh: '姓名', en: 'Name' } }),
  department_id: f.department({ label: { zh: '部门', en: 'Department' } }),
  roles: f.text({ label: { zh: '岗位和角色', en: 'Post and roles' } }),
  scope: f.text({ label: { zh: '能看到什么', en: 'Sees' } }),
  active: f.text({ label: { zh: '状态', en: 'State' } }),
}
