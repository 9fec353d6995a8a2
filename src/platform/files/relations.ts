import type { Relation, Target } from '../conditions/relations.ts'
import type { Entity } from '../fields/entity.ts'
import * as f from '../fields/kinds.ts'

const file: Target = {
  name: 'file',
  plural: 'files',
  label: { zh: '文件', en: 'File' },
  title: 'name',
  fields: {
    name: f.text({ label: { zh: '文件名', en: 'File name' }, required: true }),
    size: f.integer({ label: { zh: '字节数', en: 'Bytes' }, required: true }),
    media_type: f.text({ label: { zh: '文件类型', en: 'Media type' }, required: true }),
    created_by: f.person({ label: { zh: '上传人', en: 'Uploaded by' } }),
  },
}

/**
 * Conditions on customers may ask for all files below them, those on other records for their own; what a
 * field holds is asked for by that field.
 */
export const fileRelations = (entities: readonly Entity[]): readonly Relation[] =>
  entities.map(({ name, root }) => ({
    ...{ name: file.plural, label: file.label, from: name, to: file },
    without: 'subject_field',
    on: root
      ? [['customer_id', 'id']]
      : [
          ['customer_id', 'customer_id'],
          ['subject_id', 'id'],
        ],
  }))
