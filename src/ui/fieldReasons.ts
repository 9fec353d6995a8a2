import { messages } from './messages.ts'
import { type ReasonValues, value } from './reasonValues.ts'

/** Why a field that an administrator shapes can be refused. */
export const fieldReasons = messages({
  zh: {
    not_a_field_name: '接口名以 x_ 开头，只用小写字母、数字和下划线',
    not_a_value: '选项的存储值只用小写字母、数字和下划线',
    fields_at_limit: (v: ReasonValues) => `一种记录最多添加 ${value(v, 'most')} 个字段`,
    field_name_taken: '这个接口名用过了（停用的字段也占着），请换一个',
    field_name_stays: '接口名定了就不能改',
    field_kind_stays: '类型定了就不能改，可停用后另加一个',
    field_kind_not_sortable: '这种类型不能排序，请去掉「可排序」',
    not_a_prefix: '开头最多 12 个字，只用字、数字和 - _ / . #',
    number_repeats: '计数会重新开始，编号里就要带上同样细的日期，否则会重复',
    choice_in_use: (v: ReasonValues) =>
      `「${value(v, 'value')}」可能已有记录在用，不能去掉，可以改名`,
    choice_twice: '有两个选项的存储值相同，请去掉一个',
    unexpected_fault: '系统出了故障，已记下，请稍后再试',
  },
  en: {
    not_a_field_name: 'The API name starts with x_ and has small letters, digits and underscores',
    not_a_value: 'The stored value has small letters, digits and underscores',
    fields_at_limit: (v) => `At most ${value(v, 'most')} fields can be added to a kind of record`,
    field_name_taken: 'This API name was used before, perhaps by a retired field; choose another',
    field_name_stays: 'The API name cannot change',
    field_kind_stays: 'The kind cannot change; retire the field and add another',
    field_kind_not_sortable: 'This kind cannot be sorted by; switch that off',
    not_a_prefix: 'At most 12 letters, digits and - _ / . #',
    number_repeats:
      'Where the counter begins again, the date must be as fine, or numbers would repeat',
    choice_in_use: (v) => `Records may hold “${value(v, 'value')}”; it can be renamed, not removed`,
    choice_twice: 'Two choices have the same stored value; remove one',
    unexpected_fault: 'Something went wrong here and was noted; try again later',
  },
})
