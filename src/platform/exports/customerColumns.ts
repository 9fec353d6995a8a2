import { below } from '../fields/below.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import { text } from '../fields/kinds.ts'

/** A column that tells of the customer of a row, and the field of the customer that it holds. */
type CustomerColumn = { name: string; of: string; field: Field }

/**
 * What an export of records below customers tells of theirs: the name, which people know it by, and the
 * number, by which an import finds it among several of that name.
 */
export const customerColumns = (root: Entity): CustomerColumn[] => {
  const number = Object.keys(root.fields).find((name) => root.fields[name]?.counted)
  const counted = root.fields[number ?? '']
  return [
    { name: 'customer_name', of: root.title, field: text({ label: root.label }) },
    ...(number !== undefined && counted
      ? [
          {
            name: 'customer_number',
            of: number,
            field: text({ label: below(root, counted.label) }),
          },
        ]
      : []),
  ]
}
