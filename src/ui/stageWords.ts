import { messages } from './messages.ts'

export const stageWords = messages({
  zh: {
    onlyFrom: (names: string) => `只能从${names}转来`,
    closed: '从现在的阶段转不过去',
    needs: (names: string) => `要先填：${names}`,
    retired: '已停用',
    listed: (names: readonly string[]) => names.map((name) => `「${name}」`).join(''),
  },
  en: {
    onlyFrom: (names) => `only from ${names}`,
    closed: 'not reachable from here',
    needs: (names) => `fill in first: ${names}`,
    retired: 'retired',
    listed: (names) => names.join(', '),
  },
})
