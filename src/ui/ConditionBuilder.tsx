import { Button, Drawer } from 'antd'
import { useEffect, useState } from 'react'
import { type Condition, readCondition } from '#platform/conditions/condition.ts'
import { ApiProblem } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Fields } from '#platform/fields/field.ts'
import { useCountOf } from '#platform/lists/countSource.ts'
import { builderWords } from './builderWords.ts'
import { ConditionGroup } from './ConditionGroup.tsx'
import { conditionOf, draftOf, isUnfinished } from './conditionDraft.ts'
import { useSayCondition } from './conditionWords.ts'
import { useLocale, useMessages } from './locale.tsx'
import { sayCount } from './numbers.ts'
import { useReasons } from './useReasons.ts'
import { words } from './words.ts'

type Props = {
  entity: Entity
  fields: Fields
  condition: Condition | undefined
  onUse: (condition: Condition | undefined) => void
  onClose: () => void
}

// A pause in building after which it is counted anew.
const pause = 400

/** Puts a condition together: above it what it says, below it how many records it finds. */
export const ConditionBuilder = ({ entity, fields, condition, onUse, onClose }: Props) => {
  const w = useMessages(builderWords)
  const c = useMessages(words)
  const say = useSayCondition(entity.name, fields)
  const [draft, setDraft] = useState(() => draftOf(condition))
  const said = conditionOf(draft)
  const wrong = said && readCondition(said)
  return (
    <Drawer
      open
      onClose={onClose}
      size={680}
      title={w.title}
      classNames={{ root: 'drawer builder' }}
      closable={{ placement: 'end', 'aria-label': c.close }}
      footer={
        <div className="builder-foot">
          <Found
            {...{ entity, said, wrong: wrong && 'reason' in wrong ? wrong.reason : undefined }}
          />
          <Button onClick={() => setDraft(draftOf(undefined))}>{w.clear}</Button>
          <Button
            type="primary"
            disabled={wrong !== undefined && 'reason' in wrong}
            onClick={() => {
              onUse(said)
              onClose()
            }}
          >
            {w.use}
          </Button>
        </div>
      }
    >
      <p className="builder-sentence" aria-live="polite">
        {said ? say(said) : w.nothing}
      </p>
      <ConditionGroup entity={entity} draft={draft} onChange={setDraft} depth={1} within={0} />
      {isUnfinished(draft) && <p className="quiet">{w.unfinished}</p>}
    </Drawer>
  )
}

type FoundProps = { entity: Entity; said: Condition | undefined; wrong: string | undefined }

/** How many records there are, once the builder rests; or why that cannot be told. */
const Found = ({ entity, said, wrong }: FoundProps) => {
  const w = useMessages(builderWords)
  const locale = useLocale()
  const sayReason = useReasons()
  const text = JSON.stringify(said ?? null)
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const wait = setTimeout(() => setRested(text), pause)
    return () => clearTimeout(wait)
  }, [text])
  const { data, error } = useCountOf(`/${entity.plural}`, rested, wrong === undefined)
  const refusal = error instanceof ApiProblem ? (error.errors[0] ?? error) : undefined
  const problem = wrong ? { reason: wrong } : refusal
  if (problem)
    return (
      <span className="late builder-count" role="alert">
        {sayReason(problem)}
      </span>
    )
  return (
    <span className="builder-count" role="status">
      {data && rested === text ? w.found(sayCount(data, locale)) : w.counting}
    </span>
  )
}
