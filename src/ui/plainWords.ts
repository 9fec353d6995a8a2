import { messages } from './messages.ts'

/** The words of seeing whole what is shown in part. */
export const plainWords = messages({
  zh: {
    see: (label: string) => `查看完整${label}`,
    cover: (label: string) => `重新隐去${label}`,
    shown: (label: string) => `已显示完整${label}，一分钟后自动隐去`,
    reason: '原因',
    reasonHint: '例如：回访、核对合同',
    noted: '查看会留痕：谁、什么时候、看了哪一项、什么原因，都记进这位客户的往来。',
    ok: '查看',
    refused: (label: string, why: string) => `没能查看${label}：${why}`,
    empty: (label: string) => `${label}现在是空的`,
  },
  en: {
    see: (label) => `See “${label}” in full`,
    cover: (label) => `Cover “${label}” again`,
    shown: (label) => `“${label}” is shown in full and covered again after a minute`,
    reason: 'Reason',
    reasonHint: 'Such as: follow-up call, checking a contract',
    noted:
      'This is written down: who looked at which field, when and why stands in the customer’s history.',
    ok: 'See',
    refused: (label, why) => `“${label}” not shown: ${why}`,
    empty: (label) => `“${label}” is empty now`,
  },
})
