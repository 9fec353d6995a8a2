import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import type { numbering } from '#platform/numbering/contract.ts'
import { fieldsKey } from './definitions.ts'

export type NumberRule = OutputOf<typeof numbering.update>

const numberingKey = ['numbering'] as const

export const useNumberRules = () =>
  useQuery({
    queryKey: numberingKey,
    queryFn: ({ signal }) => call<OutputOf<typeof numbering.list>>('GET', '/numbering', { signal }),
  })

export const useNumberWrite = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version, on: _, ...body }: NumberRule) =>
      call<NumberRule>('PUT', `/numbering/${id}`, { body, version }),
    onSettled: () => {
      // A kind that begins gets a field.
      void client.invalidateQueries({ queryKey: fieldsKey })
      return client.invalidateQueries({ queryKey: numberingKey })
    },
  })
}
