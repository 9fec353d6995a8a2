import { entity, type TableOf } from '#platform/fields/entity.ts'
import * as f from '#platform/fields/kinds.ts'
import { phonesWarning } from '#platform/fields/warnings.ts'
import { decisionRoles } from './rules.ts'

/** A person at a customer. */
export const contact = entity({
  name: 'contact',
  plural: 'contacts',
  label: { zh: '联系人', en: 'Contact' },
  title: 'name',
  // Two people of one firm share its telephone far more often than their name.
  keys: ['name', 'phones', 'email'],
  defaultSort: '-updated_at',
  fields: {
    name: f.text({
      label: { zh: '姓名', en: 'Name' },
      aliases: ['联系人', '联系人姓名', 'contact', 'contact name'],
      required: true,
      max: 60,
      search: 'name',
      sensitivity: 'internal',
      sort: true,
      list: true,
    }),
    position: f.text({
      label: { zh: '职务', en: 'Position' },
      aliases: ['职位', '岗位', 'title', 'job title'],
      max: 60,
      list: true,
    }),
    decision_role: f.choice(decisionRoles, {
      label: { zh: '决策角色', en: 'Role in the decision' },
      aliases: ['角色', 'role'],
      list: true,
    }),
    phones: f.phones({
      label: { zh: '电话', en: 'Phones' },
      aliases: ['手机', '手机号', '联系电话', 'phone', 'mobile', 'tel'],
      sensitivity: 'personal',
      search: 'phone',
      list: true,
      check: phonesWarning,
    }),
    email: f.email({
      label: { zh: '邮箱', en: 'E-mail' },
      aliases: ['电子邮箱', 'email'],
      sensitivity: 'personal',
      search: 'email',
      list: true,
    }),
    wechat: f.text({
      label: { zh: '微信号', en: 'WeChat' },
      aliases: ['微信'],
      max: 60,
      sensitivity: 'personal',
    }),
    birth_date: f.date({
      label: { zh: '出生日期', en: 'Birth date' },
      aliases: ['生日', 'birthday'],
      sensitivity: 'personal',
    }),
    note: f.longText({ label: { zh: '备注', en: 'Note' }, aliases: ['notes'], max: 2000 }),
  },
})

declare module '#platform/database/tables.ts' {
  interface Tables {
    contact: TableOf<typeof contact>
  }
}
