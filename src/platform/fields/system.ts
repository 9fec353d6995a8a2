import * as f from './kinds.ts'

/** What every record has besides its own fields, where a list, filter or export names it. */
const created = f.dateTime({
  label: { zh: '建立时间', en: 'Created' },
  required: true,
  set: 'system',
  sort: true,
})
const updated = f.dateTime({
  label: { zh: '更新时间', en: 'Updated' },
  required: true,
  set: 'system',
  sort: true,
})
export const systemFields = { created_at: created, updated_at: updated }
