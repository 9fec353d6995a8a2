import { messages } from './messages.ts'

export const binWords = messages({
  zh: {
    counting: '正在查看会一并消失的内容…',
    along: '一并删除：',
    titled: (titles: readonly string[], more: boolean) => `${titles.join('、')}${more ? '…' : ''}`,
    alone: '没有别的内容会受影响。',
    kept: (days: number) => `${days} 天内可在回收站恢复。`,
    restored: (title: string) => `已恢复 ${title}`,
    notRestored: (why: string) => `没有恢复：${why}`,
    remove: '删除',
    bin: '回收站',
  },
  en: {
    counting: 'Looking at what goes with it…',
    along: 'Deleted with it:',
    titled: (titles, more) => `${titles.join(', ')}${more ? '…' : ''}`,
    alone: 'Nothing else is affected.',
    kept: (days) => `It can be restored from the recycle bin for ${days} days.`,
    restored: (title) => `${title} restored`,
    notRestored: (why) => `Not restored: ${why}`,
    remove: 'Delete',
    bin: 'Recycle bin',
  },
})
