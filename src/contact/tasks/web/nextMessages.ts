import { messages } from '#ui/messages.ts'

export const nextWords = messages({
  zh: {
    next: '下一步',
    none: '还没有下一步。约定一个日子，到那天会提醒。',
    noneToSee: '没有待办的事。',
    what: '下一步做什么',
    when: '哪一天',
    add: '加上',
    added: (title: string, day: string) => `已加上「${title}」，${day}`,
    more: (count: string) => `还有 ${count} 件，去任务列表看`,
    change: (title: string) => `修改「${title}」`,
    move: (title: string) => `改期「${title}」`,
  },
  en: {
    next: 'Next step',
    none: 'No next step yet. Agree on a day and it comes up then.',
    noneToSee: 'Nothing to do.',
    what: 'What comes next',
    when: 'On which day',
    add: 'Add',
    added: (title, day) => `“${title}” added for ${day}`,
    more: (count) => `${count} more in the list of tasks`,
    change: (title) => `Change “${title}”`,
    move: (title) => `Move “${title}”`,
  },
})
