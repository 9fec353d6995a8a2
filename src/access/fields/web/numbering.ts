import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import type { numbering } from '#platform/numbering/contract.ts'

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
    mutationFn: ({ id, version, ...body }: NumberRule) =>
      call<NumberRule>('PUT', `/numbering/${id}`, { body, version }),
    onSettled: () => client.invalidateQueries({ queryKey: numberingKey }),
  })
}
