import type { Entity } from '#platform/fields/entity.ts'
import type { Label } from '#platform/fields/field.ts'

const filled: Entity[] = []

/** Every kind of record that this web app brings; filled once by the application. */
export const fillKinds = (list: readonly Entity[]) => {
  filled.splice(0, filled.length, ...list)
}

export const kinds = (): readonly Entity[] => filled
export const kindNamed = (name: string) => filled.find((each) => each.name === name)

const file: Label = { zh: '文件', en: 'File' }

/** How a kind of record, or a file, is called. */
export const kindLabel = (name: string): Label =>
  name === 'file' ? file : (kindNamed(name)?.label ?? { zh: name, en: name })
