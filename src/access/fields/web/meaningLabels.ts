import type { Label } from '#platform/fields/field.ts'
import type { Meaning } from '#platform/fields/machine.ts'

/** What a stage counts as, and in a few words what that is. */
export const meaningLabels: Record<Meaning, { label: Label; help: Label }> = {
  open: {
    label: { zh: '进行中', en: 'Open' },
    help: { zh: '还没有结果', en: 'nothing is decided yet' },
  },
  won: {
    label: { zh: '已成交', en: 'Won' },
    help: { zh: '做成过生意', en: 'there has been business' },
  },
  lost: {
    label: { zh: '已流失', en: 'Lost' },
    help: { zh: '没有做成，或已经离开', en: 'it came to nothing, or they left' },
  },
}
