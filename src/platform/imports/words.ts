import type { Label } from '../fields/field.ts'

/** The heading of the column that holds the reasons; a file that has it may be imported again as it is. */
export const reasonHeading: Label = { zh: '未导入原因', en: 'Reason not imported' }
export const reasonHeadings: readonly string[] = Object.values(reasonHeading)
