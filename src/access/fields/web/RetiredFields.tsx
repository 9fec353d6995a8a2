import { Button } from 'antd'
import { RotateCcw } from 'lucide-react'
import { ApiProblem } from '#platform/door/client.ts'
import { fieldFrom } from '#platform/fields/definition.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useReasons } from '#ui/useReasons.ts'
import { type Kept, useFieldWrite, useRetired } from './definitions.ts'
import { kindLabelOf } from './kindWords.ts'
import { fieldWords } from './messages.ts'

/** The fields of a kind that were retired, each with the way back; nothing while there are none. */
export const RetiredFields = ({ entity }: { entity: string }) => {
  const w = useMessages(fieldWords)
  const { data } = useRetired()
  const own = (data?.items ?? []).filter((each) => each.entity === entity)
  if (own.length === 0) return null
  return (
    <details>
      <summary>{w.retiredFields(own.length)}</summary>
      <p className="quiet">{w.retiredLead}</p>
      <ul className="field-lines">
        {own.map((field) => (
          <Line key={field.id} field={field} />
        ))}
      </ul>
    </details>
  )
}

const Line = ({ field }: { field: Kept }) => {
  const w = useMessages(fieldWords)
  const label = useLabel()
  const toast = useToast()
  const say = useFailureWords()
  const reason = useReasons()
  const write = useFieldWrite()
  const known = fieldFrom(field.definition)
  const name = label(known.label)
  const restore = () =>
    write.mutate(
      { do: 'restore', field },
      {
        onSuccess: () => toast({ text: w.restored(name) }),
        onError: (problem) => {
          const [first] = problem instanceof ApiProblem ? problem.errors : []
          toast({ tone: 'failed', text: first ? reason(first) : say(problem) })
        },
      },
    )
  return (
    <li className="field-line">
      <span className="field-name">{name}</span>
      <span className="quiet field-marks">{label(kindLabelOf(known))}</span>
      <Button
        size="small"
        icon={<RotateCcw />}
        aria-label={w.restoreField(name)}
        loading={write.isPending}
        onClick={restore}
      >
        {w.restore}
      </Button>
    </li>
  )
}
