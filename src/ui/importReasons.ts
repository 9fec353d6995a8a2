import { messages } from './messages.ts'
import { type ReasonValues, value } from './reasonValues.ts'

/** Why an import, its undo or an export cannot go on, and what is wrong with a row of a table. */
export const importReasons = messages({
  zh: {
    import_not_undoable: '没有可以撤销的记录：都已改动、删除或被用到',
    import_swept:
      '文件、失败的行和撤销所需的记录已过保留期，清除了；要再导入请重新上传，要改回请在列表里处理',
    import_field_gone: (v: ReasonValues) =>
      `「${value(v, 'column')}」对应的字段已停用，或不再有填写它的权限；恢复字段，或重新对应这一列`,
    export_too_large: (v: ReasonValues) =>
      `共 ${value(v, 'count')} 条，${value(v, 'limit')} 条起要有大量导出的权限；请缩小范围，或请管理员开通`,
    export_not_running: '这次导出已经结束',
    export_not_ready: '文件还没有生成，请稍后再下载',
    export_expired: '文件已过期，请重新导出',
    export_narrowed_since: '现在能导出的范围比当时小，不能再下载，请重新导出',
    export_covered_since: '其中有字段现在只能看到打码内容，请重新导出',
    record_deleted: '已被删除',
    record_touched: '导入之后有人改过',
    record_in_use: '导入之后又添了任务、往来、共享或别的内容',
    kept_with_others: '同一客户的其他内容有人改过，一并保留',
    choice_not_makeable: '只有自定义字段和词典的选项可以在导入时新增，且要有管理字段的权限',
    date_order_unclear: '看不出哪个是月、哪个是日，请写成 2026-01-05，或在设置里选定顺序',
    date_year_missing: '没有年份，请写成 2026-01-05，或在设置里填年份',
    person_ambiguous: (v: ReasonValues) =>
      `有多位「${value(v, 'value')}」，请改填其中一个：${value(v, 'names')}`,
    department_ambiguous: (v: ReasonValues) =>
      `有多个部门叫「${value(v, 'value')}」，请改填其中一个：${value(v, 'names')}`,
    attachment_missing: '压缩包里没有这个文件，请核对文件名',
    attachment_ambiguous: '压缩包里有几个同名文件，请写上所在的文件夹',
    key_missing: '是空的，无法找到要更新的记录',
    key_ambiguous: (v: ReasonValues) =>
      `有 ${value(v, 'count')} 条已有记录与它相同，不知道更新哪一条`,
    customer_not_found: (v: ReasonValues) =>
      `可写入的客户中没有与「${value(v, 'sought')}」完全相符的`,
    customer_ambiguous: (v: ReasonValues) =>
      `有 ${value(v, 'count')} 位客户与「${value(v, 'sought')}」相符，请改填客户编号`,
    customer_differs: (v: ReasonValues) =>
      `「${value(v, 'sought')}」指的不是同一位客户，请核对，或只对应其中一列`,
    reference_not_found: (v: ReasonValues) =>
      `这位客户没有可见的「${value(v, 'sought')}」；先添加，或不导入这一列`,
    reference_ambiguous: (v: ReasonValues) =>
      `这位客户有 ${value(v, 'count')} 条叫「${value(v, 'sought')}」，分不清是哪一条`,
    record_not_found: '没有找到要更新的记录',
    record_not_editable: '已有这条记录，但没有修改它的权限',
    record_exists: (v: ReasonValues) => `已有「${value(v, 'title')}」，跳过`,
    duplicate_in_file: (v: ReasonValues) => `与第 ${value(v, 'row')} 行重复，内容不一致`,
    field_not_importable: '附件和这项关联不能从表格导入，请到记录里添加',
  },
  en: {
    import_not_undoable: 'Nothing can be taken back: all of it was changed, deleted or used since',
    import_swept:
      'The file, its failed rows and what an undo needs were kept for their days and are gone. Upload the table again, or change the records in their list',
    import_field_gone: (v) =>
      `The field of “${value(v, 'column')}” was retired or may no longer be filled. Restore it, or map the column anew`,
    export_too_large: (v) =>
      `${value(v, 'count')} records; from ${value(v, 'limit')} on a permission for large exports is needed. Narrow it down, or ask an administrator`,
    export_not_running: 'This export has ended',
    export_not_ready: 'The file is not made yet; download it later',
    export_expired: 'The file has expired; export again',
    export_narrowed_since:
      'You may export fewer records now than then, so the file is kept back; export again',
    export_covered_since: 'Some of its fields are covered for you by now; export again',
    record_deleted: 'deleted since',
    record_touched: 'changed by somebody since',
    record_in_use: 'tasks, interactions, people to share it with or other things were added since',
    kept_with_others: 'something else of the same customer was changed, so it stays too',
    choice_not_makeable:
      'Only choices of added fields and dictionaries can be made by an import, by those who manage fields',
    date_order_unclear:
      'Day and month could be either; write 2026-01-05 or choose the order in the settings',
    date_year_missing: 'The year is missing; write 2026-01-05 or give the year in the settings',
    person_ambiguous: (v) =>
      `Several people are called “${value(v, 'value')}”; write one of: ${value(v, 'names')}`,
    department_ambiguous: (v) =>
      `Several departments are called “${value(v, 'value')}”; write one of: ${value(v, 'names')}`,
    attachment_missing: 'The zip has no such file; check its name',
    attachment_ambiguous: 'The zip has several files of this name; write the folder too',
    key_missing: 'empty, so that no record can be found to update',
    key_ambiguous: (v) =>
      `${value(v, 'count')} records have it, so it is unclear which one to update`,
    customer_not_found: (v) =>
      `no customer that you may write to is exactly “${value(v, 'sought')}”`,
    customer_ambiguous: (v) =>
      `${value(v, 'count')} customers fit “${value(v, 'sought')}”; write the number instead`,
    customer_differs: (v) =>
      `“${value(v, 'sought')}” do not mean the same customer; check them, or map only one of the columns`,
    reference_not_found: (v) =>
      `this customer has no “${value(v, 'sought')}” that you may see; add it first, or leave the column out`,
    reference_ambiguous: (v) =>
      `this customer has ${value(v, 'count')} called “${value(v, 'sought')}”, so it is unclear which is meant`,
    record_not_found: 'no record was found to update',
    record_not_editable: 'the record exists, but you may not edit it',
    record_exists: (v) => `“${value(v, 'title')}” exists already, skipped`,
    duplicate_in_file: (v) => `repeats row ${value(v, 'row')} with other content`,
    field_not_importable:
      'files and related records do not come from a table; add them in the record',
  },
})
