import { messages } from './messages.ts'

/** What is wrong with a condition, and what to do about it. */
export const conditionReasons = messages({
  zh: {
    condition_not_understood: '这个条件看不懂，请重新设置',
    condition_too_slow:
      '按这些条件查得太久，已停下。请少用「相关记录」，或先用负责人、阶段缩小范围',
    test_unknown: '没有这种比较方式，请重新设置',
    relation_unknown: '没有这种相关记录，或没有查看的权限，请去掉这个条件',
    count_needed: '个数应为 0 到 1000 的整数',
    period_unknown: '没有这个时段，请重新选择',
    two_needed: '请填从多少到多少',
    days_of_year_needed: '天数应为 0 到 366 的整数',
    not_a_value: '条件里的值应为文字、数字或是否',
  },
  en: {
    condition_not_understood: 'This condition makes no sense; set it anew',
    condition_too_slow:
      'These conditions took too long and were stopped. Use fewer related records, or narrow down by person or stage first',
    test_unknown: 'There is no such comparison; set it anew',
    relation_unknown:
      'There are no such related records, or you may not see them; remove the condition',
    count_needed: 'The number must be a whole one from 0 to 1000',
    period_unknown: 'There is no such period; choose again',
    two_needed: 'Fill in from how much to how much',
    days_of_year_needed: 'The days must be a whole number from 0 to 366',
    not_a_value: 'The value of a condition must be text, a number, or yes or no',
  },
})
