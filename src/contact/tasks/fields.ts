import { entity, type TableOf } from '#platform/fields/entity.ts'
import * as f from '#platform/fields/kinds.ts'
import { endProblems } from './rules.ts'

/** Something to be done for a customer, or, under the firm's own record, inside the firm. */
export const task = entity({
  name: 'task',
  plural: 'tasks',
  label: { zh: '任务', en: 'Task' },
  title: 'title',
  defaultSort: 'due_on',
  home: 'owner_id',
  problems: endProblems,
  fields: {
    title: f.text({
      label: { zh: '事项', en: 'What' },
      aliases: ['标题', '任务', '下一步', 'task', 'subject'],
      required: true,
      list: true,
    }),
    due_on: f.date({
      label: { zh: '到期日', en: 'Due' },
      aliases: ['截止日期', '完成日期', '日期', 'due date'],
      said: { 'not_in_last_days:0': { zh: '已逾期', en: 'Overdue' } },
      required: true,
      sort: true,
      list: true,
    }),
    important: f.bool({
      label: { zh: '重要', en: 'Important' },
      required: true,
      initial: false,
      list: true,
    }),
    urgent: f.bool({
      label: { zh: '紧急', en: 'Urgent' },
      required: true,
      initial: false,
      list: true,
    }),
    owner_id: f.person({
      label: { zh: '负责人', en: 'Responsible' },
      aliases: ['执行人', 'owner', 'assigned to'],
      list: true,
    }),
    note: f.longText({ label: { zh: '备注', en: 'Note' }, aliases: ['notes'], max: 2000 }),
    interaction_id: f.reference({
      label: { zh: '来自往来', en: 'From interaction' },
      to: 'interaction',
      set: 'system',
    }),
    done_at: f.dateTime({
      label: { zh: '完成时间', en: 'Done at' },
      said: { empty: { zh: '未完成', en: 'Open' }, not_empty: { zh: '已完成', en: 'Done' } },
      set: 'system',
      imported: true,
      list: true,
    }),
    done_by: f.person({ label: { zh: '完成人', en: 'Done by' }, set: 'system', imported: true }),
  },
})

declare module '#platform/database/tables.ts' {
  interface Tables {
    task: TableOf<typeof task>
  }
}
