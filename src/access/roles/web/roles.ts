import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { InputOf, OutputOf } from '#platform/door/contract.ts'
import type { rolesContract } from '../contract.ts'
import { administers, type Rights, rightsOf } from '../rules.ts'

export type RoleRow = OutputOf<typeof rolesContract.update>
export type Draft = InputOf<typeof rolesContract.create>

const useItems = <T>(path: string) =>
  useQuery({
    queryKey: ['directory', path],
    queryFn: ({ signal }) => call<{ items: T[] }>('GET', path, { signal }),
    staleTime: 60_000,
  })

export const useRoles = () => useItems<RoleRow>('/roles')

/** Makes, changes or deletes a role; with it changes what this person and others may do. */
export const useRoleWrites = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ role, draft }: { role?: RoleRow | undefined; draft: Draft | undefined }) => {
      if (!role) return call<RoleRow>('POST', '/roles', { body: draft })
      const path = `/roles/${role.id}`
      const { version } = role
      if (!draft) return call<unknown>('DELETE', path, { version })
      // Nobody changes what the administrator may do; its name can be another.
      const { label, description } = draft
      const body = role.id === 'administrator' ? { label, description } : draft
      return call<RoleRow>('PATCH', path, { version, body })
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['directory'] })
      void client.invalidateQueries({ queryKey: ['me'] })
    },
  })
}

const levels = { internal: 'read', personal: 'masked', sensitive: 'hidden' } as const

/** What a new role begins with: sight of one's own, personal things covered. */
export const emptyDraft: Draft = {
  label: { zh: '', en: '' },
  description: '',
  default_scope: 'own',
  departments: [],
  rights: { kinds: { '*': { view: 'own' } }, keys: [], levels: { ...levels }, fields: {} },
}

export const draftOf = (role: RoleRow): Draft => {
  const { label, description, default_scope, departments } = role
  const rights: Rights = rightsOf(role)
  const keys = rights.keys.filter((key) => key !== administers)
  // Kept as the Chinese name it follows that one when it changes.
  const en = label.en === label.zh ? '' : label.en
  const names = { zh: label.zh, en }
  return { label: names, description, default_scope, departments, rights: { ...rights, keys } }
}
