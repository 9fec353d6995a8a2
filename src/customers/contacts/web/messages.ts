import { messages } from '#ui/messages.ts'

export const contactWords = messages({
  zh: {
    contacts: '联系人',
    add: '添加联系人',
    editIt: (name: string) => `修改 ${name}`,
    removeIt: (name: string) => `删除 ${name}`,
    removeText: '与其相关的往来记录会保留。',
    more: (name: string) => `${name} 的更多操作`,
    none: '还没有联系人。记下谁拍板、谁经手。',
    noneAtHome: '家人、助理也可以记在这里。',
    call: '电话',
    callWhom: '打给谁',
    noNumber: '没有可拨的号码',
  },
  en: {
    contacts: 'Contacts',
    add: 'Add a contact',
    editIt: (name) => `Edit ${name}`,
    removeIt: (name) => `Delete ${name}`,
    removeText: 'What was said with them is kept.',
    more: (name) => `More for ${name}`,
    none: 'No contacts yet. Note who decides and who handles things.',
    noneAtHome: 'Family and assistants can be noted here too.',
    call: 'Call',
    callWhom: 'Whom to call',
    noNumber: 'No number to call',
  },
})
