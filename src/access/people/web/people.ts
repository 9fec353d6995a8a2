import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import { type RowSource, wholeList } from '#platform/lists/window.ts'
import type { posts } from '../../posts/contract.ts'
import type { rolesContract } from '../../roles/contract.ts'
import { grantOf, rightsOf, verbs } from '../../roles/rules.ts'
import type { people } from '../contract.ts'

export type Person = OutputOf<typeof people.update>

// The key under which every screen knows the people, so that a change shows everywhere. What only who
// manages them is told lies below it: the others' answer must never be taken for it.
const peopleKey = ['directory', '/people'] as const

export type RoleRow = OutputOf<typeof rolesContract.update>
type PostRow = OutputOf<typeof posts.update>

const useItems = <T>(path: string): readonly T[] =>
  useQuery({
    queryKey: ['directory', path],
    queryFn: ({ signal }) => call<{ items: T[] }>('GET', path, { signal }),
    staleTime: 60_000,
  }).data?.items ?? []

export const useRoles = () => useItems<RoleRow>('/roles')
export const usePosts = () => useItems<PostRow>('/posts')

/** The roles of somebody, by themselves and by their post. */
export const heldRoles = (
  { roles: own, post_id }: Pick<Person, 'roles' | 'post_id'>,
  roles: readonly RoleRow[],
  posts: readonly PostRow[],
): RoleRow[] => {
  const ids = [...own, ...(posts.find(({ id }) => id === post_id)?.roles ?? [])]
  return roles.filter(({ id }) => ids.includes(id))
}

/** Whether a role leaves it to each person how far it reaches. */
export const leavesReach = (role: RoleRow): boolean => {
  const rights = rightsOf(role)
  const named = ['*', ...Object.keys(rights.kinds)]
  return named.some((kind) => verbs.some((verb) => grantOf(rights, kind, verb) === 'personal'))
}

/** All people, as a table wants them. */
export const usePeople = () => {
  const { data, error, refetch } = useQuery({
    queryKey: [...peopleKey, 'managed'],
    queryFn: async ({ signal }) => {
      const { items } = await call<OutputOf<typeof people.list>>('GET', '/people', { signal })
      // Whoever has just lost the right is told of colleagues alone.
      return { items: items.filter((each) => 'roles' in each) }
    },
    staleTime: 60_000,
  })
  return { people: data?.items, failure: error, retry: () => refetch() }
}

/** People in a table: those in service first, each by an id that is text. */
export const asSource = (answer: ReturnType<typeof usePeople>): RowSource<PersonRow> =>
  wholeList(
    answer.people
      ?.map((person) => ({ ...person, key: person.id, id: String(person.id) }))
      .sort((a, b) => Number(b.active) - Number(a.active) || a.key - b.key),
    answer.failure,
    answer.retry,
  )
export type PersonRow = Omit<Person, 'id'> & { id: string; key: number }

type PersonChange = {
  name?: string
  password?: string
  email?: string | null
  department_id?: number
  roles?: string[]
  post_id?: string | null
  scope?: Person['scope']
  scope_departments?: number[]
  active?: boolean
}

/** Makes or changes a person; whatever names people is asked for anew. */
export const usePersonWrites = () => {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: peopleKey })
  const create = useMutation({
    mutationFn: (body: PersonChange & { username: string }) =>
      call<Person>('POST', '/people', { body }),
    onSettled,
  })
  const change = useMutation({
    mutationFn: ({ person, body }: { person: Person; body: PersonChange }) =>
      call<Person>('PATCH', `/people/${person.id}`, { body, version: person.version }),
    onSettled,
  })
  return { create, change }
}
