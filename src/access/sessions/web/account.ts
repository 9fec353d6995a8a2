import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import { createPasskey } from '#platform/door/passkey.ts'
import type { factors } from '../../factors/contract.ts'
import type { sessions } from '../contract.ts'

export type Session = OutputOf<typeof sessions.list>['items'][number]
type Factors = OutputOf<typeof factors.list>
export type Offer = OutputOf<typeof factors.offerCodes>

const factorsKey = ['factors'] as const
const sessionsKey = ['sessions'] as const

export const useFactors = () =>
  useQuery({
    queryKey: factorsKey,
    queryFn: ({ signal }) => call<Factors>('GET', '/me/factors', { signal }),
  })

export const useSessions = () =>
  useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => call<OutputOf<typeof sessions.list>>('GET', '/sessions', { signal }),
  })

export const useFactorWrites = () => {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: factorsKey })
  return {
    offer: useMutation({
      mutationFn: (password: string) => call<Offer>('POST', '/me/codes', { body: { password } }),
    }),
    confirm: useMutation({
      mutationFn: (code: string) => call('PUT', '/me/codes', { body: { code } }),
      onSettled,
    }),
    end: useMutation({
      mutationFn: (password: string) => call('POST', '/me/codes/removal', { body: { password } }),
      onSettled,
    }),
    renew: useMutation({
      mutationFn: (password: string) =>
        call<OutputOf<typeof factors.newBackupCodes>>('POST', '/me/backup-codes', {
          body: { password },
        }),
    }),
    addPasskey: useMutation({
      mutationFn: async ({ password, name }: { password: string; name: string }) => {
        const path = '/me/passkeys/challenge'
        const body = { password }
        const { options } = await call<OutputOf<typeof factors.offerPasskey>>('POST', path, {
          body,
        })
        const response = await createPasskey(options)
        return call('POST', '/me/passkeys', { body: { name, response } })
      },
      onSettled,
    }),
    removePasskey: useMutation({
      mutationFn: (id: string) => call('DELETE', `/me/passkeys/${encodeURIComponent(id)}`),
      onSettled,
    }),
  }
}

export const useSessionEnd = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE', `/sessions/${encodeURIComponent(id)}`),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKey }),
  })
}
