import { messages } from './messages.ts'

/** Spans of the calendar, as a filter names them. */
export const periodWords = messages({
  zh: {
    today: '今天',
    yesterday: '昨天',
    tomorrow: '明天',
    this_week: '本周',
    last_week: '上周',
    next_week: '下周',
    this_month: '本月',
    last_month: '上月',
    next_month: '下月',
    this_quarter: '本季度',
    last_quarter: '上季度',
    next_quarter: '下季度',
    this_year: '今年',
    last_year: '去年',
    next_year: '明年',
  },
  en: {
    today: 'today',
    yesterday: 'yesterday',
    tomorrow: 'tomorrow',
    this_week: 'this week',
    last_week: 'last week',
    next_week: 'next week',
    this_month: 'this month',
    last_month: 'last month',
    next_month: 'next month',
    this_quarter: 'this quarter',
    last_quarter: 'last quarter',
    next_quarter: 'next quarter',
    this_year: 'this year',
    last_year: 'last year',
    next_year: 'next year',
  },
})
