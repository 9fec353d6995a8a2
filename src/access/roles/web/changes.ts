import type { Entity } from '#platform/fields/entity.ts'
import {
  fieldRights,
  furtherKeys,
  grantOf,
  type Kind,
  levels,
  type Rights,
  verbs,
} from '../rules.ts'

/** What differs between two states of a role, each as the thing, before and after. */
export type Change =
  | { at: 'verb'; kind: string; verb: (typeof verbs)[number]; before: string; after: string }
  | { at: 'level'; level: (typeof levels)[number]; before: string; after: string }
  | { at: 'field'; field: string; before: string; after: string }
  | { at: 'key'; key: string; after: boolean }

/** The changes as they come out for each kind of record, whichever row of the grid they were made in. */
export const changesOf = (before: Rights, after: Rights, kinds: readonly Kind[]): Change[] => [
  ...['*', ...kinds.map(({ name }) => name)].flatMap((kind) =>
    verbs.flatMap((verb): Change[] => {
      const [was, is] = [grantOf(before, kind, verb), grantOf(after, kind, verb)]
      return was === is ? [] : [{ at: 'verb', kind, verb, before: was, after: is }]
    }),
  ),
  ...levels.flatMap((level): Change[] => {
    const [was, is] = [before.levels[level], after.levels[level]]
    return was === is ? [] : [{ at: 'level', level, before: was, after: is }]
  }),
  ...[...new Set([...Object.keys(before.fields), ...Object.keys(after.fields)])].flatMap(
    (field): Change[] => {
      const [was = '', is = ''] = [before.fields[field], after.fields[field]]
      return was === is ? [] : [{ at: 'field', field, before: was, after: is }]
    },
  ),
  ...Object.keys(furtherKeys).flatMap((key): Change[] => {
    const [was, is] = [before.keys.includes(key), after.keys.includes(key)]
    return was === is ? [] : [{ at: 'key', key, after: is }]
  }),
]

export const isRight = (text: string) => fieldRights.find((right) => right === text)

/** Every field of every kind by `<entity>.<field>`. */
export const fieldPaths = (entities: readonly Entity[]) =>
  entities.flatMap((entity) =>
    Object.entries(entity.fields).map(([name, field]) => ({
      path: `${entity.name}.${name}`,
      entity,
      field,
    })),
  )
