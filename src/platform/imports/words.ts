import type { Label, Locale } from '../fields/field.ts'

/** The heading of the column that holds the reasons; a file that has it may be imported again as it is. */
export const reasonHeading: Label = { zh: '未导入原因', en: 'Reason not imported' }
export const reasonHeadings: readonly string[] = Object.values(reasonHeading)

type Told = {
  column_name: string | null
  reason: string
  detail: Record<string, string | number> | null
}

/** A problem in the words of a person: the column, then what is wrong with it. */
export const reasonText = (locale: Locale, { column_name, reason, detail }: Told): string => {
  const words = sentences[reason]?.[locale] ?? reason
  const text = words.replace(/\{(\w+)\}/g, (_, name: string) => String(detail?.[name] ?? ''))
  if (column_name === null) return text
  return locale === 'zh' ? `${column_name}：${text}` : `${column_name}: ${text}`
}

const say = (zh: string, en: string): Label => ({ zh, en })

const sentences: Record<string, Label> = {
  required: say('必填，这一行是空的', 'required, but empty in this row'),
  not_valid: say('“{value}”不符合要求', '“{value}” is not valid'),
  not_text: say('应为文字', 'must be text'),
  too_long: say('太长，最多 {max} 个字符', 'too long, {max} characters at most'),
  too_short: say('太短，至少 {min} 个字符', 'too short, {min} characters at least'),
  too_many: say('个数太多', 'too many values'),
  empty: say('有空的一项', 'one value is empty'),
  too_small: say('“{value}”太小', '“{value}” is too small'),
  too_large: say('“{value}”太大', '“{value}” is too large'),
  not_a_number: say('“{value}”不是整数', '“{value}” is not a whole number'),
  not_an_integer: say('“{value}”不是整数', '“{value}” is not a whole number'),
  not_an_amount: say('“{value}”不是金额', '“{value}” is not an amount'),
  not_fen: say('金额最多两位小数', 'amounts have two decimals at most'),
  not_a_boolean: say('“{value}”应写成“是”或“否”', '“{value}” should be Yes or No'),
  not_a_date: say(
    '“{value}”不是日期，请写成 2026-01-05',
    '“{value}” is not a date, write 2026-01-05',
  ),
  not_an_instant: say(
    '“{value}”不是时间，请写成 2026-01-05 14:30',
    '“{value}” is not a time, write 2026-01-05 14:30',
  ),
  not_a_choice: say('没有“{value}”这一项，可填：{names}', 'no such choice as “{value}”: {names}'),
  not_an_email: say('“{value}”不是邮箱地址', '“{value}” is not an e-mail address'),
  not_a_link: say('“{value}”不是网址', '“{value}” is not a web address'),
  not_a_region: say('“{value}”不是地区', '“{value}” is not a region'),
  region_unknown: say('没有找到地区“{value}”', 'no region “{value}” was found'),
  phone_too_short: say('号码太短', 'the number is too short'),
  person_unknown: say('没有找到人员“{value}”', 'no person “{value}” was found'),
  person_ambiguous: say(
    '有多位“{value}”，请改填其中一个：{names}',
    'several people are called “{value}”, write one of: {names}',
  ),
  department_unknown: say('没有找到部门“{value}”', 'no department “{value}” was found'),
  department_ambiguous: say(
    '有多个部门叫“{value}”，请改填其中一个：{names}',
    'several departments are called “{value}”, write one of: {names}',
  ),
  key_missing: say('为空，无法找到要更新的记录', 'empty, so that no record can be found to update'),
  key_ambiguous: say(
    '有 {count} 条已有记录与它相同，不知道更新哪一条',
    '{count} records have it, so it is unclear which one to update',
  ),
  record_not_found: say('没有找到要更新的记录', 'no record was found to update'),
  record_not_editable: say(
    '已有这条记录，但您不能修改它',
    'the record exists, but you may not edit it',
  ),
  record_missing: say('没有找到记录', 'the record was not found'),
  record_changed: say('导入时这条记录被别人改过', 'somebody else changed the record meanwhile'),
  duplicate_in_file: say('与第 {row} 行重复，内容不一致', 'repeats row {row} with other content'),
  field_not_writable: say('您不能填写这一项', 'you may not write this field'),
  field_not_importable: say('这一项不能导入', 'this field cannot be imported'),
  permission_missing: say('您没有这项权限', 'you do not have the permission'),
  value_out_of_range: say('数值超出范围', 'the value is out of range'),
  character_not_storable: say('含有无法保存的字符', 'holds a character that cannot be stored'),
  reference_missing: say('指向的记录不存在', 'refers to a record that does not exist'),
}
