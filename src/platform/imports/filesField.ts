import type { Field } from '../fields/field.ts'
import { tags } from '../fields/kinds.ts'

/** The column that names the files of a row is mapped to this. */
export const filesPath = '@files'

export const filesField: Field = tags({
  label: { zh: '附件', en: 'Attachments' },
  aliases: ['文件', '附件名', '图片', '照片', '扫描件', 'files', 'file', 'attachment', 'photo'],
})
