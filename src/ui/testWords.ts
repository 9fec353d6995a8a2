import { messages } from './messages.ts'

/** How a filter compares, as a choice in its editor. */
export const testWords = messages({
  zh: {
    eq: '是',
    ne: '不是',
    in: '是其中之一',
    not_in: '不是其中任何一个',
    contains: '包含',
    has: '有',
    before: '早于',
    after: '不早于',
    gte: '至少',
    lte: '至多',
    in_last_days: '在近几天内',
    not_in_last_days: '在几天以前',
    in_next_days: '在未来几天内',
    empty: '没有填',
    not_empty: '已填',
  },
  en: {
    eq: 'is',
    ne: 'is not',
    in: 'is one of',
    not_in: 'is none of',
    contains: 'contains',
    has: 'has',
    before: 'before',
    after: 'on or after',
    gte: 'at least',
    lte: 'at most',
    in_last_days: 'in the last days',
    not_in_last_days: 'more days ago than',
    in_next_days: 'in the next days',
    empty: 'is not filled in',
    not_empty: 'is filled in',
  },
})
