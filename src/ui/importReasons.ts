import { messages } from './messages.ts'

/** Why an import, its undo or an export cannot go on, and why a record stays as it is. */
export const importReasons = messages({
  zh: {
    import_not_undoable: '没有可以撤销的记录：都已改动、删除或被用到',
    record_deleted: '已被删除',
    record_touched: '导入之后有人改过',
    record_in_use: '导入之后又添了任务、往来或别的内容',
    kept_with_others: '同一客户的其他内容有人改过，一并保留',
  },
  en: {
    import_not_undoable: 'Nothing can be taken back: all of it was changed, deleted or used since',
    record_deleted: 'deleted since',
    record_touched: 'changed by somebody since',
    record_in_use: 'tasks, interactions or other things were added since',
    kept_with_others: 'something else of the same customer was changed, so it stays too',
  },
})
