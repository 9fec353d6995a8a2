import type { Entity } from '#platform/fields/entity.ts'
import type { Label } from '#platform/fields/field.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import {
  furtherKeys,
  grantLabels,
  type Kind,
  type Rights,
  rightLabels,
  verbLabels,
} from '../rules.ts'
import { type Change, changesOf, fieldPaths, isRight } from './changes.ts'
import { roleWords } from './messages.ts'

type Props = {
  before: Rights
  after: Rights
  kinds: readonly Kind[]
  entities: readonly Entity[]
  people: number
}

/** What saving will change, and for how many people. */
export const RoleChanges = ({ before, after, kinds, entities, people }: Props) => {
  const w = useMessages(roleWords)
  const say = useSay(kinds, entities)
  const changes = changesOf(before, after, kinds)
  return (
    <section className="role-changes" aria-live="polite">
      <h3>{w.changes}</h3>
      {changes.length === 0 ? (
        <p className="quiet">{w.noChanges}</p>
      ) : (
        <>
          <p>{w.concerns(people)}</p>
          <ul>
            {changes.map((change) => {
              const [what, was, is] = say(change)
              return (
                <li key={what}>
                  {what}
                  <span className="quiet">{was}</span>
                  <span aria-hidden="true">→</span>
                  {is}
                </li>
              )
            })}
          </ul>
        </>
      )}
    </section>
  )
}

const useSay = (kinds: readonly Kind[], entities: readonly Entity[]) => {
  const w = useMessages(roleWords)
  const label = useLabel()
  const grants = new Map<string, Label>(Object.entries(grantLabels))
  const keys = new Map<string, Label>(Object.entries(furtherKeys))
  const said = (of: ReadonlyMap<string, Label>, key: string) => {
    const found = of.get(key)
    return found ? label(found) : key
  }
  const right = (text: string) => {
    const known = isRight(text)
    return known ? label(rightLabels[known]) : w.levels
  }
  return (change: Change): [string, string, string] => {
    switch (change.at) {
      case 'verb': {
        const kind = kinds.find(({ name }) => name === change.kind)
        const what = `${kind ? label(kind.label) : w.others} · ${label(verbLabels[change.verb])}`
        return [what, said(grants, change.before), said(grants, change.after)]
      }
      case 'level':
        return [w[change.level], right(change.before), right(change.after)]
      case 'field': {
        const field = fieldPaths(entities).find(({ path }) => path === change.field)
        const what = field
          ? `${label(field.entity.label)} · ${label(field.field.label)}`
          : change.field
        return [what, right(change.before), right(change.after)]
      }
      case 'key':
        return [said(keys, change.key), change.after ? '—' : '✓', change.after ? '✓' : '—']
    }
  }
}
