import type { CustomKind } from '#platform/fields/definition.ts'
import type { Field, Kind, Label } from '#platform/fields/field.ts'

/** What the kinds of fields are called. */
export const kindLabels: Record<Kind | CustomKind, Label> = {
  text: { zh: '单行文字', en: 'Text' },
  longText: { zh: '多行文字', en: 'Long text' },
  integer: { zh: '整数', en: 'Whole number' },
  number: { zh: '数字', en: 'Number' },
  money: { zh: '金额', en: 'Amount' },
  date: { zh: '日期', en: 'Date' },
  dateTime: { zh: '日期和时间', en: 'Date and time' },
  bool: { zh: '是或否', en: 'Yes or no' },
  choice: { zh: '单选', en: 'One choice' },
  choices: { zh: '多选', en: 'Several choices' },
  tags: { zh: '标签', en: 'Tags' },
  phone: { zh: '电话', en: 'Phone' },
  phones: { zh: '多个电话', en: 'Phones' },
  email: { zh: '邮箱', en: 'E-mail' },
  link: { zh: '网址', en: 'Link' },
  code: { zh: '代码', en: 'Code' },
  idNumber: { zh: '身份证号', en: 'Identity number' },
  bankAccount: { zh: '银行账号', en: 'Bank account' },
  region: { zh: '地区', en: 'Region' },
  person: { zh: '人员', en: 'Person' },
  department: { zh: '部门', en: 'Department' },
  formula: { zh: '公式', en: 'Formula' },
  serial: { zh: '编号', en: 'Number given' },
  file: { zh: '附件', en: 'Files' },
  reference: { zh: '关联记录', en: 'Related record' },
}

/** A field by what an administrator chose, not by what its formula gives. */
export const kindLabelOf = (field: Field) =>
  kindLabels[field.formula !== undefined ? 'formula' : field.counted ? 'serial' : field.kind]
