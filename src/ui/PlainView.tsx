import { Eye, EyeOff } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'
import { freelyKey, plainKey } from '#platform/plainViews/keys.ts'
import { CopyButton } from './CopyButton.tsx'
import { useDirectory } from './directory.tsx'
import { useFailureWords } from './Failure.tsx'
import { FieldValue } from './FieldValue.tsx'
import { useLabel, useMessages } from './locale.tsx'
import { pathOf, targetOf } from './picked.ts'
import { plainWords } from './plainWords.ts'
import type { Row } from './recordColumns.ts'
import { useToast } from './Toasts.tsx'

const PlainViewDialog = lazy(() =>
  import('./PlainViewDialog.tsx').then((module) => ({ default: module.PlainViewDialog })),
)

// Long enough to dial or write it down; whoever leaves the desk does not leave it open.
const stay = 60_000

type Of = { entity: Entity; record: Row; name: string; field: Field }

/**
 * A value that the reader sees in part, whole for a minute, and the button for it; the button is missing
 * for whom it is not, and what was shown goes when the record changes.
 */
export const usePlainView = ({ entity, record, name, field }: Of) => {
  const { may, rightOf } = useDirectory()
  const w = useMessages(plainWords)
  const what = useLabel()(field.label)
  const say = useFailureWords()
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const [seen, setSeen] = useState<{ value: unknown; of: Row }>()
  useEffect(() => {
    if (!seen) return
    const wait = setTimeout(() => setSeen(undefined), stay)
    return () => clearTimeout(wait)
  }, [seen])
  const target = targetOf(record)
  if (!target || rightOf(entity.name, name) !== 'masked' || !may(plainKey))
    return { plain: undefined, button: null }

  const fetchIt = async (reason?: string) => {
    const body = { field: name, ...(reason !== undefined && { reason }) }
    const path = `${pathOf(entity.plural, target)}/plain-view`
    const { value } = await call<{ value: unknown }>('POST', path, { body })
    setSeen({ value, of: record })
    setAsking(false)
    if (value === null) toast({ text: w.empty(what) })
  }
  const freely = () =>
    fetchIt().catch((problem) => toast({ tone: 'failed', text: w.refused(what, say(problem)) }))
  const see = () => (may(freelyKey) ? void freely() : setAsking(true))
  const current = seen && isSame(seen.of, record) ? seen : undefined
  const told = current ? w.cover(what) : w.see(what)
  const button = (
    <>
      <button
        type="button"
        className="icon-button see-plain"
        aria-label={told}
        title={told}
        onClick={() => (current ? setSeen(undefined) : see())}
      >
        {current ? <EyeOff /> : <Eye />}
      </button>
      <span role="status" className="unseen">
        {current && w.shown(what)}
      </span>
      {asking && (
        <Suspense>
          <PlainViewDialog what={what} onSee={fetchIt} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  )
  return { plain: current, button }
}

const isSame = (one: Row, other: Row) =>
  one.id === other.id && targetOf(one)?.version === targetOf(other)?.version

/** A value on a card, and beside one that is shown in part the way to see it whole. */
export const PlainValue = (props: Of & { value: unknown }): ReactNode => {
  const { field } = props
  const { plain, button } = usePlainView(props)
  const what = useLabel()(field.label)
  const value = plain ? plain.value : props.value
  if (!button) return <FieldValue field={field} value={value} />
  return (
    <span className="covered">
      <FieldValue field={field} value={value} />
      {plain && <CopyButton text={textOf(plain.value)} what={what} />}
      {button}
    </span>
  )
}

const textOf = (value: unknown) =>
  Array.isArray(value) ? value.map(String).join('\n') : String(value ?? '')
