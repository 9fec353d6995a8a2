import { useMemo, useSyncExternalStore } from 'react'
import { customVersion, onFieldsChange } from '#platform/fields/custom.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Fields } from '#platform/fields/field.ts'
import { systemFields } from '#platform/fields/system.ts'
import { useDirectory } from './directory.tsx'
import { useMessages } from './locale.tsx'
import { words } from './words.ts'

/** The fields of a kind of record; whoever shows them is drawn anew when an administrator changes one. */
export const useFields = <F extends Fields>(entity: { fields: F }): F => {
  useSyncExternalStore(onFieldsChange, customVersion)
  return entity.fields
}

/** The same with those that every record has, for lists and filters. */
export const useListFields = (entity: Entity): Fields => {
  const fields = useFields(entity)
  return useMemo(() => ({ ...fields, ...systemFields }), [fields])
}

/** The columns of a list: the page's own, then the added fields that are meant to be seen in lists. */
export const useColumns = (entity: Entity, columns: readonly string[]): readonly string[] => {
  const fields = useFields(entity)
  const { rightOf } = useDirectory()
  return useMemo(() => {
    const added = Object.entries(fields).filter(
      ([name, field]) => field.custom && field.list && rightOf(entity.name, name) !== 'hidden',
    )
    return [...columns, ...added.map(([name]) => name)]
  }, [fields, columns, entity, rightOf])
}

type Group = { key: string; label: string; folded?: boolean }

/**
 * The groups of a form or card: the page's own, then those that administrators named, in the order of
 * their fields. Added fields without a group come last, under a heading of their own.
 */
export const useGroups = (entity: Entity, groups: readonly Group[]): readonly Group[] => {
  const fields = useFields(entity)
  const w = useMessages(words)
  const known = new Set(groups.map(({ key }) => key))
  const added = Object.values(fields).flatMap(({ custom, group }) =>
    custom && !known.has(group ?? '') ? [group ?? ''] : [],
  )
  const named = [...new Set(added)].sort((a, b) => Number(a === '') - Number(b === ''))
  return [...groups, ...named.map((key) => ({ key, label: key || w.otherFields }))]
}
