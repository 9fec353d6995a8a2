import { below } from '../fields/below.ts'
import { type Entity, keyNames } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import { text } from '../fields/kinds.ts'

/** The column that says which customer a row goes below is mapped to this. */
export const customerPath = '@customer'

/** What records of the root are found by, of that which this person may read plain. */
export const waysTo = (root: Entity, readable: (name: string, field: Field) => boolean) =>
  keyNames(root).flatMap((name) => {
    const field = root.fields[name]
    return field && readable(name, field) ? [{ name, field }] : []
  })

/** The column itself; `own` is the kind of the rows, whose headings stay its own. */
export const customerField = (
  root: Entity,
  own: Entity,
  ways: readonly { field: Field }[],
): Field => {
  const taken = new Set(
    Object.values<Field>(own.fields).flatMap(({ label, aliases = [] }) => [
      ...[label.zh, label.en],
      ...aliases,
    ]),
  )
  const titles = root.fields[root.title]?.aliases ?? []
  const aliases = [
    ...ways.flatMap(({ field }) => Object.values(below(root, field.label))),
    ...titles,
  ]
  return text({
    label: root.label,
    aliases: [...new Set(aliases)].filter((alias) => !taken.has(alias)),
    required: true,
    help: {
      zh: `填${ways.map(({ field }) => field.label.zh).join('、')}中的一项，要与已有的完全相同`,
      en: `One of: ${ways.map(({ field }) => field.label.en).join(', ')}; exactly as it is there`,
    },
  })
}
