export const templates = [
  { key: 'general', label: { zh: '通用', en: 'General' } },
  { key: 'auto-dealer', label: { zh: '汽车经销商', en: 'Car dealer' } },
] as const

export type TemplateKey = (typeof templates)[number]['key']
