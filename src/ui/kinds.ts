import type { Entity } from '#platform/fields/entity.ts'
import type { Label } from '#platform/fields/field.ts'

const filled: Entity[] = []
const plain: Entity[] = []

/**
 * Every kind of record that this web app brings, and those among them that have no screens of their
 * own; filled once by the application.
 */
export const fillKinds = (list: readonly Entity[], withoutScreens: readonly Entity[]) => {
  filled.splice(0, filled.length, ...list)
  plain.splice(0, plain.length, ...withoutScreens)
}

export const kinds = (): readonly Entity[] => filled
export const plainKinds = (): readonly Entity[] => plain
export const kindNamed = (name: string) => filled.find((each) => each.name === name)

const file: Label = { zh: '文件', en: 'File' }

/** How a kind of record, or a file, is called. */
export const kindLabel = (name: string): Label =>
  name === 'file' ? file : (kindNamed(name)?.label ?? { zh: name, en: name })
