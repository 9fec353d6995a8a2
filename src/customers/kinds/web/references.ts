import { useQueries } from '@tanstack/react-query'
import { HOME } from '#platform/database/ctx.ts'
import { call } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'
import { lists, type Page } from '#platform/lists/source.ts'
import { useDirectory } from '#ui/directory.tsx'
import { kindNamed } from '#ui/kinds.ts'
import { type AnyRecord, nameOf, pathOf } from './kind.ts'

type References = Record<string, readonly { value: string; label: string }[]>

// As many as one chooses among.
const most = 200

/** What the references of a kind can point at: what else belongs to the same customer, by field. */
export const useReferences = (entity: Entity, customerId: string | undefined): References => {
  const { may } = useDirectory()
  const targets = Object.entries<Field>(entity.fields).flatMap(([name, field]) => {
    const to = 'to' in field && typeof field.to === 'string' ? kindNamed(field.to) : undefined
    return to && !to.root ? [{ name, to }] : []
  })
  const answers = useQueries({
    queries: targets.map(({ to }) => ({
      queryKey: [...lists(pathOf(to, customerId ?? '')), 'references'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call<Page<AnyRecord>>('GET', pathOf(to, customerId ?? ''), {
          query: { limit: most },
          signal,
        }),
      enabled: customerId !== undefined && customerId !== HOME && may(`${to.plural}.view`),
    })),
  })
  return Object.fromEntries(
    targets.map(({ name, to }, at) => [
      name,
      (answers[at]?.data?.items ?? []).map((row) => ({ value: row.id, label: nameOf(to, row) })),
    ]),
  )
}
