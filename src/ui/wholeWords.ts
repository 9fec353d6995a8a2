import { messages } from './messages.ts'

/** The words of looking for a record by a whole value that is shown in part or stored encrypted. */
export const wholeWords = messages({
  zh: {
    open: '按完整内容查找',
    openOne: (label: string) => `按完整${label}查找`,
    field: '查哪一项',
    value: (label: string) => `完整${label}`,
    note: '要一字不差；空格、横线不影响。',
    counted: (most: number) => `查找会留痕，不记所填的内容；每小时最多 ${most} 次。`,
    find: '查找',
    finding: '正在查找',
    none: (label: string) => `没有找到：看得到的记录里没有这个${label}`,
    found: (count: number) => `找到 ${count} 条`,
    foundMany: (count: number) => `找到的不止 ${count} 条，只列前 ${count} 条`,
    refused: (why: string) => `没能查找：${why}`,
    unnamed: '看不到名称的记录',
  },
  en: {
    open: 'Find by a whole value',
    openOne: (label) => `Find by a whole ${label.toLowerCase()}`,
    field: 'Which one',
    value: (label) => `Whole ${label.toLowerCase()}`,
    note: 'Character for character; blanks and dashes do not matter.',
    counted: (most) =>
      `Looking is written down, without what was entered; at most ${most} times an hour.`,
    find: 'Find',
    finding: 'Looking',
    none: (label) => `Nothing found: no record in sight has this ${label.toLowerCase()}`,
    found: (count) => (count === 1 ? '1 found' : `${count} found`),
    foundMany: (count) => `More than ${count} found; the first ${count} are listed`,
    refused: (why) => `Not looked for: ${why}`,
    unnamed: 'A record whose name is out of sight',
  },
})
