import { lazy, Suspense } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { type Field, type Fields, isWritten } from '#platform/fields/field.ts'
import { fieldsFor } from '#platform/fields/reader.ts'
import { addedWords } from './addedWords.ts'
import { useAskedFields, useDirectory } from './directory.tsx'
import { useFailureWords } from './Failure.tsx'
import { useFields } from './fields.ts'
import { type Draft, filledOf, isAsked, remarksOn } from './formState.ts'
import { useLabel, useMarks, useMessages } from './locale.tsx'
import { useReasons } from './useReasons.ts'

// The editors of every kind are large; most forms have no added field.
const Line = lazy(() => import('./AddedLine.tsx').then((module) => ({ default: module.AddedLine })))

type Asked = {
  entity: Entity
  /** What is typed into the added fields. */
  draft: Draft
  /** The other values of the form, by which a field may be asked for. */
  beside?: Draft
  onChange: (draft: Draft) => void
}

/**
 * The fields that administrators added, in a short form that knows only a few fixed ones: those that are
 * required stand open, the others behind 更多.
 */
export const AddedFields = (props: Asked) => {
  const w = useMessages(addedWords)
  const shown = useAsked(props)
  const needed = shown.filter(([, field]) => field.required)
  const others = shown.filter(([, field]) => !field.required)
  const line = ([name, field]: readonly [string, Field]) => (
    <Line
      key={name}
      field={field}
      value={props.draft[name]}
      onChange={(value) => props.onChange({ ...props.draft, [name]: value })}
    />
  )
  if (shown.length === 0) return null
  return (
    <div className="added-fields">
      <Suspense>{needed.map(line)}</Suspense>
      {others.length > 0 && (
        <details>
          <summary>{w.more(others.length)}</summary>
          <Suspense>{others.map(line)}</Suspense>
        </details>
      )}
    </div>
  )
}

/** What is typed into added fields, as it is sent; what is not asked for stays out. */
export const addedValues = (entity: Entity, draft: Draft, beside: Draft = {}) =>
  filledOf(
    // What goes by a value that the form does not hold was shown for that very reason, and is kept.
    fieldsFor(addedOf(entity.fields), (name) => name in draft || name in beside),
    { ...beside, ...draft },
  )

/** What is wrong with the added fields, in words with the label; empty when nothing is. */
export const useAddedProblem = () => {
  const { rightOf } = useDirectory()
  const label = useLabel()
  const reason = useReasons()
  const w = useMessages(addedWords)
  return (entity: Entity, draft: Draft, beside: Draft = {}) => {
    const all = { ...beside, ...draft }
    const reads = (name: string) => ['read', 'write'].includes(rightOf(entity.name, name))
    for (const [name, field] of Object.entries(fieldsFor(addedOf(entity.fields), reads))) {
      if (rightOf(entity.name, name) !== 'write' || !isAsked(field, all)) continue
      const { error } = remarksOn(field, draft[name])
      if (error) return w.at(label(field.label), reason(error))
    }
    return ''
  }
}

/** A refusal in words, each reason with the label of its field, as a short form marks no line. */
export const useRefusalWords = (entity: Entity, below: Record<string, Entity> = {}) => {
  const say = useFailureWords()
  const reason = useReasons()
  const label = useLabel()
  const w = useMessages(addedWords)
  const { clauses } = useMarks()
  const labelAt = (path: string) => {
    const [first = '', second = ''] = path.split('.')
    const inner = Object.hasOwn(below, first) ? below[first] : undefined
    const fields = inner ? inner.fields : entity.fields
    const name = inner ? second : first
    return Object.hasOwn(fields, name) ? fields[name]?.label : undefined
  }
  return (problem: unknown) => {
    const errors = problem instanceof ApiProblem ? problem.errors : []
    if (errors.length === 0) return say(problem)
    return clauses(
      errors.map((error) => {
        const known = labelAt(error.path)
        return known ? w.at(label(known), reason(error)) : reason(error)
      }),
    )
  }
}

const addedOf = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, field]) => field.custom && isWritten(field)))

const useAsked = ({ entity, draft, beside = {} }: Asked) => {
  const { rightOf } = useDirectory()
  const fields = useAskedFields(entity.name, useFields(entity))
  return Object.entries(addedOf(fields)).filter(
    ([name, field]) =>
      rightOf(entity.name, name) === 'write' && isAsked(field, { ...beside, ...draft }),
  )
}
