import { useQuery } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import type { Condition } from '#platform/conditions/condition.ts'
import { bounds } from '#platform/conditions/condition.ts'
import type { Explained } from '#platform/conditions/explain.ts'
import { ApiProblem, call } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Fields } from '#platform/fields/field.ts'
import { builderWords } from './builderWords.ts'
import { useSayCondition } from './conditionWords.ts'
import { FieldValue } from './FieldValue.tsx'
import { useListFields } from './fields.ts'
import { useLocale, useMessages } from './locale.tsx'
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

/** The statements that all must hold stand side by side; every other group below what it says. */
const Part = ({ entity, fields, condition, told, top }: PartProps) => {
  const say = useSayCondition(entity.name, fields)
  const w = useMessages(builderWords)
  const inner = innerOf(condition)
  const parts = inner.map((each, place) => {
    const part = told.parts?.[place]
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a condition do not move
    return part && <Part key={place} {...{ entity, fields }} condition={each} told={part} />
  })
  if (top && 'all' in condition) return parts
  return (
    <li>
      <span className={told.holds ? 'explained-yes' : 'explained-no'}>
        {told.holds ? <Check aria-label={w.yes} /> : <X aria-label={w.no} />}
      </span>
      <span>
        {say(condition)}
        <span className="quiet explained-by">
          <By {...{ fields, condition, told }} />
        </span>
        {inner.length > 1 && <ul>{parts}</ul>}
      </span>
    </li>
  )
}

/** A negated statement is told by what it denies. */
const innerOf = (condition: Condition): readonly Condition[] => {
  if ('all' in condition) return condition.all
  if ('any' in condition) return condition.any
  return 'not' in condition ? [condition.not] : []
}

const By = ({ fields, condition, told }: Omit<PartProps, 'entity'>) => {
  const w = useMessages(builderWords)
  const locale = useLocale()
  if ('not' in condition && told.parts?.[0])
    return <By fields={fields} condition={condition.not} told={told.parts[0]} />
  if ('related' in condition) {
    const count = told.count ?? 0
    const more = count >= bounds.count
    const names = (told.names ?? []).join(locale === 'zh' ? '、' : ', ')
    return count === 0 ? w.hasNone : w.has(sayCount({ count, more }, locale), names)
  }
  const field = 'field' in condition ? fields[condition.field] : undefined
  if (!field) return null
  return (
    <>
      {w.now('')}
      <FieldValue field={field} value={told.value} brief />
    </>
  )
}
