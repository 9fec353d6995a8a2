import { nameOf, useDirectory } from '#ui/directory.tsx'
import { useLabel, useMarks, useMessages } from '#ui/locale.tsx'
import type { Explanation } from '../contract.ts'
import { explainedWords } from './messages.ts'

type Verbs = Explanation['kinds'][number]['verbs']
type Source = Verbs[number]['sources'][number]

/** Scopes and sources in words. */
export const useSayings = (roles: Explanation['roles']) => {
  const w = useMessages(explainedWords)
  const label = useLabel()
  const { comma } = useMarks()
  const { departments } = useDirectory()
  const names = (ids: readonly number[]) =>
    w.list(ids.map((id) => nameOf(departments, id) ?? String(id)))
  const scope = ({ scope, departments: ids }: Pick<Source, 'scope' | 'departments'>) => {
    if (scope === 'own') return w.own
    if (scope === 'all') return w.all
    return scope === 'department' ? w.department(names(ids)) : w.below(names(ids))
  }
  const role = (id: string) => {
    const found = roles.find((each) => each.id === id)
    return found ? label(found.label) : id
  }
  const source = (each: Source) =>
    each.grant === 'personal' ? `${w.by(role(each.role))}${comma}${w.each}` : w.by(role(each.role))
  return { scope, role, source }
}

/** Verbs that come from the same and reach the same stand in one line. */
export const together = (verbs: Verbs) => {
  const groups: { verbs: Verbs[number]['verb'][]; of: Verbs[number] }[] = []
  for (const each of verbs.filter(({ sources }) => sources.length > 0)) {
    const same = groups.find(
      ({ of }) =>
        JSON.stringify(of.sources) === JSON.stringify(each.sources) &&
        (each.reached === null ||
          (of.reached?.count === each.reached.count && of.shared === each.shared)),
    )
    if (same) same.verbs.push(each.verb)
    else groups.push({ verbs: [each.verb], of: each })
  }
  return groups
}
