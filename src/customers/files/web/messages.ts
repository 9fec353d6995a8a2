import { messages } from '#ui/messages.ts'

export const fileWords = messages({
  zh: {
    files: '文件',
    add: '上传文件',
    none: '把合同、名片、照片拖到这里。',
    noneToSee: '还没有文件。',
    all: (count: string) => `查看全部 ${count} 个`,
    more: '再看一些',
    remove: '删除',
    removeIt: (name: string) => `删除 ${name}`,
    removeTitle: '删除这个文件？',
    removeText: (name: string) => `「${name}」会从客户和相关往来中消失。`,
    removed: (name: string) => `已删除 ${name}`,
  },
  en: {
    files: 'Files',
    add: 'Upload files',
    none: 'Drop contracts, business cards or photographs here.',
    noneToSee: 'No files yet.',
    all: (count) => `Show all ${count}`,
    more: 'Show some more',
    remove: 'Delete',
    removeIt: (name) => `Delete ${name}`,
    removeTitle: 'Delete this file?',
    removeText: (name) => `“${name}” disappears from the customer and from what was said with it.`,
    removed: (name) => `${name} deleted`,
  },
})
