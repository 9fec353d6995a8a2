import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { customFields } from '#platform/customFields/contract.ts'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import { type Definition, takeDefinitions } from '#platform/fields/definition.ts'
import type { Entity } from '#platform/fields/entity.ts'

/** A kind of record, and the headings under which its form groups the fields. */
export type Shape = {
  entity: Entity
  useGroups: () => readonly { key: string; label: string }[]
}

export type Kept = OutputOf<typeof customFields.update>
/** What is written down before the server names it. */
export type Draft = Omit<Definition, 'name'> & { name?: string | undefined }

export const fieldsKey = ['fields'] as const

/** The definitions as they are stored now; every screen shows them from then on. */
export const useDefinitions = () =>
  useQuery({
    queryKey: fieldsKey,
    queryFn: async ({ signal }) => {
      const answer = await call<OutputOf<typeof customFields.list>>('GET', '/fields', { signal })
      takeDefinitions(answer)
      return answer
    },
  })

const retiredKey = [...fieldsKey, 'retired'] as const

/** The fields that were retired, whose values are kept. */
export const useRetired = () =>
  useQuery({
    queryKey: retiredKey,
    queryFn: ({ signal }) =>
      call<OutputOf<typeof customFields.retired>>('GET', '/fields/retired', { signal }),
  })

type FieldWrite =
  | { do: 'add'; entity: string; definition: Draft }
  | { do: 'change'; field: Kept; definition: Definition }
  | { do: 'swap'; field: Kept; other: Kept }
  | { do: 'retire'; field: Kept; anyway: boolean }
  | { do: 'restore'; field: Kept }

export const useFieldWrite = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (write: FieldWrite) => send(write),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: fieldsKey })
      // What this person may do with a field is told with who they are.
      void client.invalidateQueries({ queryKey: ['me'] })
      // A number that is retired or restored is a rule that ends or goes on.
      void client.invalidateQueries({ queryKey: ['numbering'] })
    },
  })
}

const send = async (write: FieldWrite): Promise<unknown> => {
  if (write.do === 'add') {
    const { entity, definition } = write
    return call<Kept>('POST', '/fields', { body: { entity, definition } })
  }
  const { id, version, position } = write.field
  if (write.do === 'retire')
    return call('DELETE', `/fields/${id}`, {
      version,
      query: { anyway: write.anyway ? 'true' : undefined },
    })
  if (write.do === 'restore') return call<Kept>('POST', `/fields/${id}/restoration`, { version })
  if (write.do === 'change')
    return call<Kept>('PATCH', `/fields/${id}`, {
      body: { definition: write.definition },
      version,
    })
  const { other } = write
  await call('PATCH', `/fields/${other.id}`, { body: { position }, version: other.version })
  return call('PATCH', `/fields/${id}`, { body: { position: other.position }, version })
}
