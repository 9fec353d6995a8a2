export const channels = [
  { value: 'call', label: { zh: '电话', en: 'Call' } },
  { value: 'visit', label: { zh: '拜访', en: 'Visit' } },
  { value: 'wechat', label: { zh: '微信', en: 'WeChat' } },
  { value: 'sms', label: { zh: '短信', en: 'SMS' } },
  { value: 'email', label: { zh: '邮件', en: 'E-mail' } },
  { value: 'meeting', label: { zh: '会议', en: 'Meeting' } },
  { value: 'letter', label: { zh: '信函', en: 'Letter' } },
  { value: 'fax', label: { zh: '传真', en: 'Fax' } },
] as const

export const directions = [
  { value: 'out', label: { zh: '我方发起', en: 'Outgoing' } },
  { value: 'in', label: { zh: '客户发起', en: 'Incoming' } },
] as const
