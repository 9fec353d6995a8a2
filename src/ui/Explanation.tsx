import { useQuery } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import type { Condition } from '#platform/conditions/condition.ts'
import { bounds } from '#platform/conditions/condition.ts'
import type { Explained } from '#platform/conditions/explain.ts'
import { ApiProblem, call } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { type Fields, fieldNamed } from '#platform/fields/field.ts'
import { builderWords } from './builderWords.ts'
import type { Join } from './conditionDraft.ts'
import { useSayCondition } from './conditionWords.ts'
import { FieldValue } from './FieldValue.tsx'
import { useListFields } from './fields.ts'
import { useLocale, useMarks, useMessages } from './locale.tsx'
import { sayCount } from './numbers.ts'
import { SkeletonText } from './Skeleton.tsx'
import { useReasons } from './useReasons.ts'

type Props = { entity: Entity; path: string; condition: Condition }

/** Why the record at `path` is among those that a condition finds, or is not, statement by statement. */
export const Explanation = ({ entity, path, condition }: Props) => {
  const w = useMessages(builderWords)
  const say = useReasons()
  const fields = useListFields(entity)
  const filter = JSON.stringify(condition)
  const { data, error } = useQuery({
    queryKey: ['record', path, 'explanation', filter],
    queryFn: ({ signal }) =>
      call<{ because: Explained }>('GET', `${path}/explanation`, { query: { filter }, signal }),
  })
  if (error) {
    const refusal = error instanceof ApiProblem ? (error.errors[0] ?? error) : { reason: 'fault' }
    return <p role="alert">{say(refusal)}</p>
  }
  if (!data) return <SkeletonText lines={3} />
  return (
    <section className="explanation" aria-live="polite">
      <p>
        <strong>{data.because.holds ? w.holds : w.fails}</strong>
      </p>
      <ul>
        <Part entity={entity} fields={fields} condition={condition} told={data.because} top />
      </ul>
    </section>
  )
}

type PartProps = {
  entity: Entity
  fields: Fields
  condition: Condition
  told: Explained
  top?: boolean
}

/** The statements that all must hold stand side by side; every other group below how it joins them. */
const Part = ({ entity, fields, condition, told, top }: PartProps) => {
  const say = useSayCondition(entity.name, fields)
  const w = useMessages(builderWords)
  const group = groupIn(condition, told)
  const parts = group?.list.map((each, place) => {
    const part = group.told?.[place]
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a condition do not move
    return part && <Part key={place} {...{ entity, fields }} condition={each} told={part} />
  })
  if (top && group?.join === 'all') return parts
  return (
    <li>
      <span className={told.holds ? 'explained-yes' : 'explained-no'}>
        {told.holds ? <Check aria-label={w.yes} /> : <X aria-label={w.no} />}
      </span>
      <span>
        {group ? w[group.join] : say(condition)}
        {group ? (
          <ul>{parts}</ul>
        ) : (
          <span className="quiet explained-by">
            <By {...{ fields, condition, told }} />
          </span>
        )}
      </span>
    </li>
  )
}

type Group = { join: Join; list: readonly Condition[]; told: readonly Explained[] | undefined }

/** What a condition holds together, negated or not; undefined for a single statement. */
const groupIn = (condition: Condition, told: Explained): Group | undefined => {
  if ('all' in condition) return { join: 'all', list: condition.all, told: told.parts }
  if ('any' in condition) return { join: 'any', list: condition.any, told: told.parts }
  if (!('not' in condition)) return undefined
  const { not } = condition
  const inner = told.parts?.[0]?.parts
  if ('all' in not) return { join: 'not_all', list: not.all, told: inner }
  return 'any' in not ? { join: 'none', list: not.any, told: inner } : undefined
}

const By = ({ fields, condition, told }: Omit<PartProps, 'entity'>) => {
  const w = useMessages(builderWords)
  const locale = useLocale()
  const { listed } = useMarks()
  if ('not' in condition && told.parts?.[0])
    return <By fields={fields} condition={condition.not} told={told.parts[0]} />
  if ('related' in condition) {
    const count = told.count ?? 0
    const more = count >= bounds.count
    const names = listed(told.names ?? [])
    return count === 0 ? w.hasNone : w.has(sayCount({ count, more }, locale), names)
  }
  const field = 'field' in condition ? fieldNamed(fields, condition.field) : undefined
  if (!field) return null
  return (
    <>
      {w.now('')}
      <FieldValue field={field} value={told.value} brief />
    </>
  )
}
