import { messages } from '#ui/messages.ts'

export const aidWords = messages({
  zh: {
    email: '邮箱',
    emailHelp: '单点登录时凭它认出本人；不用单点登录可不填。',
    locked: (until: string) => `试错太多次，已锁定到 ${until}。`,
    lift: '解除锁定',
    lifted: (name: string) => `已解除 ${name} 的锁定`,
    reset: '清除动态码与通行密钥',
    resetTitle: (name: string) => `清除 ${name} 的动态码与通行密钥？`,
    resetText: '手机丢失或更换时用。清除后各处登录都会退出，凭密码登录，再重新启用。',
    resetOk: '清除',
    wasReset: (name: string) => `已清除 ${name} 的动态码与通行密钥`,
    cancel: '取消',
  },
  en: {
    email: 'E-mail',
    emailHelp: 'Single sign-on recognises the person by it; not needed otherwise.',
    locked: (until) => `Locked until ${until} after too many wrong attempts.`,
    lift: 'Lift the lock',
    lifted: (name) => `${name} is no longer locked`,
    reset: 'Remove codes and passkeys',
    resetTitle: (name) => `Remove the codes and passkeys of ${name}?`,
    resetText:
      'For a phone that is lost or replaced. Every session ends; the password alone opens the next one, and codes can be turned on again.',
    resetOk: 'Remove',
    wasReset: (name) => `Codes and passkeys of ${name} are removed`,
    cancel: 'Cancel',
  },
})
