import { sayUses } from './fieldUses.ts'
import { messages } from './messages.ts'
import { type ReasonValues, value } from './reasonValues.ts'

/** Why a field that an administrator shapes can be refused. */
export const fieldReasons = messages({
  zh: {
    not_a_field_name: '接口名以 x_ 开头，只用小写字母、数字和下划线',
    not_a_value: '选项的存储值只用小写字母、数字和下划线',
    fields_at_limit: (v: ReasonValues) => `一种记录最多添加 ${value(v, 'most')} 个字段`,
    field_name_taken: '这个接口名用过了（停用的字段也占着），请换一个',
    field_in_use: sayUses.zh,
    label_taken: (v: ReasonValues) =>
      `这种记录已有叫「${value(v, 'name')}」的字段，请换个名称，免得表头分不清`,
    sorts_at_limit: (v: ReasonValues) =>
      `一种记录最多 ${value(v, 'most')} 个可排序的自定义字段，再多会拖慢保存；请先去掉别处的「可排序」`,
    numbered_already: '这种记录已经有编号了，在「编号规则」里修改',
    field_name_stays: '接口名定了就不能改',
    field_kind_stays: '类型定了就不能改，可停用后另加一个',
    field_encrypted: '这个字段是加密保存的，不能作为显示条件',
    field_kind_not_searchable: '这种类型加密保存，不能搜索，请去掉「可搜索」；可按完整内容查找',
    field_kind_not_sortable: '这种类型不能排序，请去掉「可排序」',
    not_a_prefix: '开头最多 12 个字，只用字、数字和 - _ / . #',
    number_repeats: '计数会重新开始，编号里就要带上同样细的日期，否则会重复',
    choice_in_use: (v: ReasonValues) =>
      `「${value(v, 'value')}」还有 ${value(v, 'count')} 条记录在用，不能删除，可以停用或改名`,
    choice_named: (v: ReasonValues) =>
      `「${value(v, 'value')}」没有记录在用，但还被点着名：${placesOf(v, placesZh, '；')}。请先改它们，或只停用这一项`,
    file_arriving: '文件还在上传，等它到了再保存',
    choice_twice: '有两个选项的存储值相同，请去掉一个',
    choice_named_twice: (v: ReasonValues) => `有两项都叫「${value(v, 'value')}」，请改一个`,
    choice_retired: (v: ReasonValues) => `「${value(v, 'value')}」已停用，请选别的`,
    choices_are_stages: '这些选项是阶段，请到「阶段」页修改',
    dictionary_or_choices: '用字典就不用自己写选项，两样只能选一样',
    dictionary_unknown: '没有这个字典，可能刚被删除',
    dictionary_stays: '用哪个字典定了就不能改，可停用后另加一个字段',
    dictionary_in_use: (v: ReasonValues) => `${value(v, 'fields')}正在用这个字典，不能删除`,
    dictionary_label_taken: (v: ReasonValues) => `已有叫「${value(v, 'name')}」的字典，请换个名称`,
    stages_of_dictionary: '选项来自字典的字段不能设阶段，请另加一个自带选项的单选字段',
    stage_unknown: (v: ReasonValues) => `没有「${value(v, 'stage')}」这个阶段`,
    stage_initial_stays: '新记录从这个阶段开始，不能删除或停用，可以改名',
    stage_built_in: (v: ReasonValues) =>
      `「${value(v, 'stage')}」是自带的阶段，可以改名或停用，不能删除`,
    stage_needs_fields: (v: ReasonValues) =>
      `转到「${value(v, 'stage')}」要先填：${value(v, 'names')}`,
    stage_needs_unseen: (v: ReasonValues) =>
      `转到「${value(v, 'stage')}」还缺看不到的内容，请有权限的同事填好再转`,
    field_retired: '这个字段已经停用，没有再改；要接着改，请先恢复它',
    unexpected_fault: '系统出了故障，已记下，请稍后再试',
  },
  en: {
    not_a_field_name: 'The API name starts with x_ and has small letters, digits and underscores',
    not_a_value: 'The stored value has small letters, digits and underscores',
    fields_at_limit: (v) => `At most ${value(v, 'most')} fields can be added to a kind of record`,
    field_name_taken: 'This API name was used before, perhaps by a retired field; choose another',
    field_in_use: sayUses.en,
    label_taken: (v) =>
      `A field of this kind is called “${value(v, 'name')}” already; choose another name, so that headings differ`,
    sorts_at_limit: (v) =>
      `At most ${value(v, 'most')} added fields of a kind can be sorted by, as more would slow down saving; switch one off first`,
    numbered_already: 'This kind is numbered already; change its numbering rule',
    field_name_stays: 'The API name cannot change',
    field_kind_stays: 'The kind cannot change; retire the field and add another',
    field_encrypted: 'This field is stored encrypted and cannot decide whether another is shown',
    field_kind_not_searchable:
      'This kind is stored encrypted and cannot be searched; switch that off. A whole value can be looked up',
    field_kind_not_sortable: 'This kind cannot be sorted by; switch that off',
    not_a_prefix: 'At most 12 letters, digits and - _ / . #',
    number_repeats:
      'Where the counter begins again, the date must be as fine, or numbers would repeat',
    choice_in_use: (v) =>
      `${value(v, 'count')} records hold “${value(v, 'value')}”; retire or rename it instead`,
    choice_named: (v) =>
      `No record holds “${value(v, 'value')}”, but it is named by ${placesOf(v, placesEn, '; ')}. Change these first, or only retire it`,
    file_arriving: 'A file is still on its way; save when it has arrived',
    choice_twice: 'Two choices have the same stored value; remove one',
    choice_named_twice: (v) => `Two are called “${value(v, 'value')}”; rename one`,
    choice_retired: (v) => `“${value(v, 'value')}” is retired; choose another`,
    choices_are_stages: 'These choices are stages; change them on the page of stages',
    dictionary_or_choices: 'A field has a dictionary or choices of its own, not both',
    dictionary_unknown: 'There is no such dictionary; it may just have been deleted',
    dictionary_stays: 'The dictionary cannot change; retire the field and add another',
    dictionary_in_use: (v) => `${value(v, 'fields')} draw on this dictionary; it cannot be deleted`,
    dictionary_label_taken: (v) =>
      `A dictionary is called “${value(v, 'name')}” already; choose another name`,
    stages_of_dictionary: 'A field with a dictionary cannot have stages; add one with own choices',
    stage_unknown: (v) => `There is no stage “${value(v, 'stage')}”`,
    stage_initial_stays:
      'New records begin at this stage; it can be renamed, not removed or retired',
    stage_built_in: (v) =>
      `“${value(v, 'stage')}” is built in; it can be renamed or retired, not removed`,
    stage_needs_fields: (v) => `“${value(v, 'stage')}” needs first: ${value(v, 'names')}`,
    stage_needs_unseen: (v) =>
      `“${value(v, 'stage')}” needs what you may not see; ask a colleague who may`,
    field_retired: 'This field has been retired and is changed no more; restore it to go on',
    unexpected_fault: 'Something went wrong here and was noted; try again later',
  },
})

type Places = Record<'fields' | 'formulas' | 'views' | 'others', (named: string) => string>
const placesZh: Places = {
  fields: (names) => `字段的显示条件（${names}）`,
  formulas: (names) => `公式（${names}）`,
  views: (names) => `视图（${names}）`,
  others: (count) => `别人自用的 ${count} 个视图`,
}
const placesEn: Places = {
  fields: (names) => `when fields are shown (${names})`,
  formulas: (names) => `formulas (${names})`,
  views: (names) => `views (${names})`,
  others: (count) => `${count} private views of others`,
}
const placeKinds = ['fields', 'formulas', 'views', 'others'] as const

const placesOf = (v: ReasonValues, words: Places, comma: string) =>
  placeKinds
    .flatMap((kind) => {
      const said = value(v, kind)
      return said === '' || said === '0' ? [] : [words[kind](said)]
    })
    .join(comma)
