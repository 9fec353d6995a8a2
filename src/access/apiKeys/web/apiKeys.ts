import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import type { apiKeys } from '../contract.ts'

export type ApiKey = OutputOf<typeof apiKeys.list>['items'][number]
export type MadeKey = OutputOf<typeof apiKeys.create>

const keysKey = ['api-keys'] as const

export const useApiKeys = () =>
  useQuery({
    queryKey: keysKey,
    queryFn: ({ signal }) => call<{ items: ApiKey[] }>('GET', '/api-keys', { signal }),
  })

export const useApiKeyWrites = () => {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: keysKey })
  const create = useMutation({
    mutationFn: (body: { name: string; expires_in_days?: number }) =>
      call<MadeKey>('POST', '/api-keys', { body }),
    onSettled,
  })
  const revoke = useMutation({
    mutationFn: (id: string) => call('DELETE', `/api-keys/${encodeURIComponent(id)}`),
    onSettled,
  })
  return { create, revoke }
}
