import type { Entity } from '../fields/entity.ts'
import type { Fields, Label } from '../fields/field.ts'

/** What a condition can ask of related things: their table, whose permission shows them, their fields. */
export type Target = Pick<Entity, 'name' | 'plural' | 'label' | 'fields' | 'title'>

/** A way from a record to what is related to it, as data for server and browser. */
export type Relation = {
  /** The word in a condition; each once from where it leads. */
  name: string
  label: Label
  /** The entity it leads from. */
  from: string
  to: Target
  /** There is at most one. */
  one?: true
  /** Pairs of columns that are equal: one of the related table, one of the record. */
  on: readonly (readonly [related: string, own: string])[]
  /** A column that must be empty: related things where it is not are told elsewhere. */
  without?: string
}

const register: { relations: readonly Relation[] } = { relations: [] }

/** `condition.relations`: filled once by the application with what its entities and slices bring. */
export const fillRelations = (relations: readonly Relation[]) => {
  register.relations = relations
}

/** The relations of an entity that a condition can name. */
export const relationsOf = (entity: { name: string }): readonly Relation[] =>
  register.relations.filter(({ from }) => from === entity.name)

/**
 * The relations that follow from the entities: from the root to its children, from a child to the root,
 * along every reference from one child to another, and back.
 */
export const relationsAmong = (entities: readonly Entity[]): readonly Relation[] => {
  const root = entities.find((each) => each.root)
  if (!root) return []
  const children = entities.filter((each) => !each.root)
  return [
    ...children.flatMap((child) => [
      { ...toMany(root, child), on: [['customer_id', 'id']] as const },
      {
        ...{ name: root.name, label: root.label, from: child.name, to: root },
        ...{ one: true as const, on: [['id', 'customer_id']] as const },
      },
    ]),
    ...children.flatMap((child) =>
      references(child.fields).flatMap(({ name, label, to }) => {
        const found = children.find((each) => each.name === to)
        if (!found) return []
        const along: Relation = {
          ...{ name: name.replace(/_id$/, ''), label, from: child.name, to: found, one: true },
          on: [
            ['customer_id', 'customer_id'],
            ['id', name],
          ],
        }
        const back: Relation = {
          ...toMany(found, child),
          on: [
            ['customer_id', 'customer_id'],
            [name, 'id'],
          ],
        }
        return [along, back]
      }),
    ),
  ]
}

const toMany = (from: Entity, to: Entity): Omit<Relation, 'on'> => ({
  name: to.plural,
  label: to.label,
  from: from.name,
  to,
})

const references = (fields: Fields) =>
  Object.entries(fields).flatMap(([name, field]) =>
    'to' in field && typeof field.to === 'string'
      ? [{ name, label: field.label, to: field.to }]
      : [],
  )
