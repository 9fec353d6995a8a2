import type { Group } from '#platform/lists/groups.ts'
import type { RecordSource } from '#platform/lists/source.ts'

/** A line of a table in groups: the head of one, a row or the place of one that is on its way, or what goes on. */
export type Line<R> = { key: string; group: Group } & (
  | { of: 'head'; row?: undefined }
  | { of: 'row'; row?: R | undefined }
  | { of: 'end'; row?: undefined; source: RecordSource<R> }
)

/** `null` is a group that is folded, undefined one whose rows have not begun to come. */
type Part<R> = { key: string; group: Group; source: RecordSource<R> | null | undefined }

// As many as one answer has.
const most = 50

/** The lines of a table in groups, from the top. Rows that are on their way have their place. */
export const linesOf = <R>(parts: readonly Part<R>[]): readonly Line<R>[] =>
  parts.flatMap(({ key, group, source }): Line<R>[] => {
    const head = { key, group, of: 'head' } as const
    if (source === null) return [head]
    if (!source || source.state === 'loading') {
      const coming = Array.from({ length: Math.min(group.count, most) }, () => ({
        ...{ key, group },
        of: 'row' as const,
      }))
      return [head, ...coming]
    }
    const rows = source.rows.map((row) => ({ key, group, of: 'row' as const, row }))
    const goesOn = source.more || source.state === 'failed'
    return [head, ...rows, ...(goesOn ? [{ key, group, of: 'end' as const, source }] : [])]
  })
