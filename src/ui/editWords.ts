import { messages } from './messages.ts'

/** The words of changing a value where it stands. */
export const editWords = messages({
  zh: {
    editor: (label: string) => `修改${label}`,
    saved: (label: string) => `已保存${label}`,
    restored: (label: string) => `已恢复${label}`,
    refused: (label: string, why: string) => `没有保存${label}：${why}`,
    again: '再改',
    hint: '↵ 保存并向下 · Tab 向右 · Esc 不改',
    hintLong: '↵ 保存并向下 · Shift ↵ 换行 · Esc 不改',
    hintSeveral: 'Ctrl ↵ 保存并向下 · Tab 向右 · Esc 不改',
    elsewhere: (label: string) => `${label}不能在这里改，请打开这条记录`,
    record: () => '这条记录只能看，不能改',
    masked: (label: string) => `${label}隐去了一部分，不能改`,
    right: (label: string) => `没有修改${label}的权限`,
    formula: (label: string) => `${label}由公式算出，不能直接改`,
    system: (label: string) => `${label}由系统填写，不能直接改`,
    when: (label: string) => `这条记录不填${label}`,
  },
  en: {
    editor: (label) => `Change ${label}`,
    saved: (label) => `${label} saved`,
    restored: (label) => `${label} restored`,
    refused: (label, why) => `${label} not saved: ${why}`,
    again: 'Edit again',
    hint: '↵ saves and goes down · Tab to the right · Esc leaves',
    hintLong: '↵ saves and goes down · Shift ↵ new line · Esc leaves',
    hintSeveral: 'Ctrl ↵ saves and goes down · Tab to the right · Esc leaves',
    elsewhere: (label) => `${label} cannot be changed here; open the record`,
    record: () => 'You can see this record, not change it',
    masked: (label) => `Part of ${label} is hidden, so it cannot be changed`,
    right: (label) => `You may not change ${label}`,
    formula: (label) => `${label} is reckoned by a formula`,
    system: (label) => `${label} is filled in by the system`,
    when: (label) => `${label} does not apply to this record`,
  },
})
