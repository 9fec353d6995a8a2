import { messages } from '#ui/messages.ts'

export const contactListWords = messages({
  zh: {
    title: '联系人',
    all: '全部',
    deciders: '决策人',
    fresh: '近 7 天新增',
    noPhone: '没有电话',
    find: '姓名、客户、电话',
    callTo: (name: string) => `打电话给${name}`,
    emptyTitle: '还没有联系人',
    emptyText: '在这里或客户页上，把打交道的人记下来。',
    nothingTitle: '没有符合的联系人',
    nothingText: '少写几个字，或去掉一个条件再看。',
    clear: '清空条件',
  },
  en: {
    title: 'Contacts',
    all: 'All',
    deciders: 'Deciders',
    fresh: 'New in 7 days',
    noPhone: 'Without a phone',
    find: 'Name, customer, phone',
    callTo: (name) => `Call ${name}`,
    emptyTitle: 'No contacts yet',
    emptyText: 'Note the people you deal with, here or at a customer.',
    nothingTitle: 'No contact matches',
    nothingText: 'Try fewer letters, or take away a condition.',
    clear: 'Clear conditions',
  },
})
