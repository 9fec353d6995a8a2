import type { Entity } from '../fields/entity.ts'
import { type Condition, type Leaf, partsOf } from './condition.ts'
import { relationsOf, type Target } from './relations.ts'
import { followsCalendar } from './tests.ts'

/** What must change for a condition to give another answer. */
type Dependencies = {
  /** Every field that it reads, with the entity whose field it is; each once. */
  fields: { entity: string; field: string }[]
  /** The relations that it follows, with the entity they lead from; each once. */
  relations: { entity: string; relation: string }[]
  /** The same record may hold tomorrow what it does not today. */
  calendar: boolean
  /** It holds for one reader and not for another: `me`, `my_department`, and what they may see. */
  reader: boolean
}

/** Tells what a condition over an entity depends on; of relations that are not known, only their name. */
export const dependenciesOf = (entity: Entity, condition: Condition): Dependencies => {
  const { leaves, relations } = walked(entity, condition)
  return {
    fields: once(leaves.map(({ of, leaf }) => ({ entity: of, field: leaf.field }))),
    relations: once(relations),
    calendar: leaves.some(({ leaf }) => followsCalendar(leaf)),
    reader: relations.length > 0 || leaves.some(({ leaf }) => namesReader(leaf)),
  }
}

/** Whether a condition over an entity names this value of a field, its own or of what is related to it. */
export const namesValue = (
  entity: Entity,
  condition: Condition,
  wanted: { entity: string; field: string; value: string },
): boolean =>
  walked(entity, condition).leaves.some(
    ({ of, leaf: { field, value } }) =>
      of === wanted.entity && field === wanted.field && [value].flat().includes(wanted.value),
  )

const walked = (entity: Entity, condition: Condition) => {
  const leaves: { of: string; leaf: Leaf }[] = []
  const relations: Dependencies['relations'] = []
  const walk = (target: Target | undefined, node: Condition): void => {
    const of = target?.name ?? ''
    if ('field' in node) {
      leaves.push({ of, leaf: node })
      return
    }
    if (!('related' in node)) {
      for (const each of partsOf(node)) walk(target, each)
      return
    }
    relations.push({ entity: of, relation: node.related })
    const along = target && relationsOf(target).find(({ name }) => name === node.related)
    if (node.where) walk(along?.to, node.where)
  }
  walk(entity, condition)
  return { leaves, relations }
}

const namesReader = ({ value }: Leaf) =>
  [value].flat().some((each) => each === 'me' || each === 'my_department')

const once = <T>(list: T[]): T[] => [
  ...new Map(list.map((each) => [JSON.stringify(each), each])).values(),
]
