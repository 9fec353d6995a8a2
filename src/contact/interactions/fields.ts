import { entity, type TableOf } from '#platform/fields/entity.ts'
import * as f from '#platform/fields/kinds.ts'
import { channels, directions, problemsOf } from './rules.ts'

/** One contact with a customer, by whatever channel. */
export const interaction = entity({
  name: 'interaction',
  plural: 'interactions',
  label: { zh: '往来记录', en: 'Interaction' },
  title: 'summary',
  defaultSort: '-at',
  problems: problemsOf,
  fields: {
    at: f.dateTime({
      label: { zh: '时间', en: 'When' },
      aliases: ['联系时间', '日期', '跟进时间', 'date', 'time'],
      required: true,
      sort: true,
      list: true,
    }),
    channel: f.choice(channels, {
      label: { zh: '方式', en: 'Channel' },
      aliases: ['联系方式', '渠道', '跟进方式', 'type'],
      required: true,
      initial: 'call',
      list: true,
    }),
    direction: f.choice(directions, {
      label: { zh: '方向', en: 'Direction' },
      required: true,
      initial: 'out',
    }),
    summary: f.longText({
      label: { zh: '内容', en: 'What was said' },
      aliases: ['跟进内容', '联系内容', '记录', 'content', 'note', 'notes'],
      required: true,
      max: 5000,
      sensitivity: 'internal',
      list: true,
    }),
    contact_id: f.reference({ label: { zh: '联系人', en: 'Contact' }, to: 'contact' }),
    person_id: f.person({
      label: { zh: '经手人', en: 'By' },
      aliases: ['跟进人', '记录人', 'by'],
      list: true,
    }),
    minutes: f.integer({
      label: { zh: '时长（分钟）', en: 'Minutes' },
      aliases: ['时长', 'duration'],
    }),
  },
})

declare module '#platform/database/tables.ts' {
  interface Tables {
    interaction: TableOf<typeof interaction>
  }
}
