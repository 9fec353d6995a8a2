import type { Entity } from './entity.ts'
import type { Label } from './field.ts'

/** How a field of a customer is called in what belongs to one: 客户电话 for 电话, but not 客户客户编号. */
export const below = ({ label }: Pick<Entity, 'label'>, { zh, en }: Label): Label => ({
  zh: zh.startsWith(label.zh) ? zh : `${label.zh}${zh}`,
  en: `${label.en} ${en.toLowerCase()}`,
})
