import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import { lists, refreshAround } from '#platform/lists/source.ts'
import type { Member } from '../contract.ts'

type Team = { items: Member[]; can: { manage: boolean } }

const placeOf = (customerId: string) => `/customers/${customerId}/members`

export const useTeam = (customerId: string) =>
  useQuery({
    queryKey: lists(placeOf(customerId)),
    queryFn: ({ signal }) => call<Team>('GET', placeOf(customerId), { signal }),
  })

/** What is given of a member in a form. */
export type Given = {
  principal_id: number | null
  access: Member['access']
  until: string | null
  role: string | null
  reason: string | null
}

/** Brings somebody in, or changes how they are on it. */
export const useMemberWrite = (customerId: string, member: Member | undefined) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ principal_id, ...rest }: Given) =>
      member
        ? call('PATCH', `${placeOf(customerId)}/${member.id}`, {
            body: rest,
            version: member.version,
          })
        : call('POST', placeOf(customerId), { body: { principal_id, ...rest } }),
    onSuccess: () => refreshAround(client, `/customers/${customerId}`),
  })
}

export const useMemberRemoval = (member: Member) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () =>
      call('DELETE', `${placeOf(member.customer_id)}/${member.id}`, { version: member.version }),
    onSettled: () => refreshAround(client, `/customers/${member.customer_id}`),
  })
}
