import { roleKeys, roles } from './rules.ts'

export const list = async () => ({
  items: roleKeys.map((key) => ({
    key,
    label: roles[key].label,
    default_scope: roles[key].defaultScope,
  })),
})
