import { useEffect, useState } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import type { Fields } from '#platform/fields/field.ts'
import { nameOf, useDirectory } from './directory.tsx'
import { sameValue } from './formState.ts'
import { valueIn } from './recordColumns.ts'

type Kept = { id: string; version: number }

/** What became of a record since it was seen: who changed it last, and which fields differ. */
export type Others<R> = { by: number | undefined; before: R; now: R; names: readonly string[] }

/** The fields in which two states of a record differ, as far as the reader sees them. */
export const differing = (fields: Fields, before: object, now: object): string[] =>
  Object.keys(fields).filter((name) => !sameValue(valueIn(before, name), valueIn(now, name)))

/** Compares what was seen with what is stored now; undefined while nothing has been changed. */
export const othersIn = <R extends Kept>(
  fields: Fields,
  before: R | undefined,
  now: R | undefined,
): Others<R> | undefined => {
  if (!before || !now || before.id !== now.id || now.version <= before.version) return undefined
  const by = valueIn(now, 'updated_by')
  const names = differing(fields, before, now)
  return { by: typeof by === 'number' ? by : undefined, before, now, names }
}

/** What somebody else changed in an open record since its reader came or last took note. */
export const useOthers = <R extends Kept>(entity: Entity, record: R | undefined) => {
  const { me } = useDirectory()
  const [seen, setSeen] = useState(record)
  const others = othersIn(entity.fields, seen, record)
  const note = () => setSeen(record)
  const quiet = others && (others.by === me.id || others.names.length === 0)
  const other = record !== undefined && record.id !== seen?.id
  useEffect(() => {
    if (quiet || other) setSeen(record)
  }, [quiet, other, record])
  return { others: quiet ? undefined : others, note }
}

/** The name of whoever changed it; undefined: the reader, in another place. */
export const useWho = () => {
  const { people, me } = useDirectory()
  return (by: number | undefined) =>
    by === me.id ? undefined : by === undefined ? '' : (nameOf(people, by) ?? '')
}
