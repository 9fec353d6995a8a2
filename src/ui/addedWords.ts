import { messages } from './messages.ts'

export const addedWords = messages({
  zh: {
    more: (count: number) => `更多（${count} 项）`,
    at: (label: string, reason: string) => `${label}：${reason}`,
  },
  en: {
    more: (count) => `More (${count})`,
    at: (label, reason) => `${label}: ${reason}`,
  },
})
