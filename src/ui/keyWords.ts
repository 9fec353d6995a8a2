import type { Locale } from '#platform/fields/field.ts'

type Keys = {
  title: string
  groups: readonly { title: string; keys: readonly (readonly [string, string])[] }[]
}

/** What each key does, as `?` tells it. */
export const keyWords: Record<Locale, Keys> = {
  zh: {
    title: '键盘',
    groups: [
      {
        title: '随处',
        keys: [
          ['/ 或 Ctrl K', '搜索与命令'],
          ['?', '看这些键'],
          ['Esc', '关上最上面的一层'],
          ['Ctrl ↵', '保存表单'],
        ],
      },
      {
        title: '列表',
        keys: [
          ['J K 或 ↓ ↑', '下一行、上一行'],
          ['← →', '到左右的格子'],
          ['↵', '在名称上打开记录，在格子上修改'],
          ['E 或 F2', '修改所在的格子'],
          ['X', '选中或取消所在的行'],
          ['PageUp PageDown', '翻一屏'],
          ['Home End', '到第一行、最后一行'],
        ],
      },
      {
        title: '修改格子时',
        keys: [
          ['↵', '保存并向下（Shift ↵ 向上）'],
          ['Tab', '保存并向右（Shift Tab 向左）'],
          ['Esc', '不改'],
        ],
      },
      {
        title: '打开的记录',
        keys: [
          ['] 或 J 或 Alt ↓', '列表里的下一条'],
          ['[ 或 K 或 Alt ↑', '列表里的上一条'],
          ['E', '修改'],
          ['N', '记一笔往来'],
        ],
      },
    ],
  },
  en: {
    title: 'Keyboard',
    groups: [
      {
        title: 'Everywhere',
        keys: [
          ['/ or Ctrl K', 'Search and commands'],
          ['?', 'These keys'],
          ['Esc', 'Close what lies on top'],
          ['Ctrl ↵', 'Save a form'],
        ],
      },
      {
        title: 'Lists',
        keys: [
          ['J K or ↓ ↑', 'Next row, row before'],
          ['← →', 'To the cells on either side'],
          ['↵', 'Opens the record on its name, edits on a cell'],
          ['E or F2', 'Edit the cell'],
          ['X', 'Select the row, or not'],
          ['PageUp PageDown', 'One screen on'],
          ['Home End', 'First row, last row'],
        ],
      },
      {
        title: 'While editing a cell',
        keys: [
          ['↵', 'Save and go down (Shift ↵ up)'],
          ['Tab', 'Save and go right (Shift Tab left)'],
          ['Esc', 'Leave it as it was'],
        ],
      },
      {
        title: 'An open record',
        keys: [
          ['] or J or Alt ↓', 'Next one of the list'],
          ['[ or K or Alt ↑', 'The one before'],
          ['E', 'Edit'],
          ['N', 'Note a contact'],
        ],
      },
    ],
  },
}
