import { Button } from 'antd'
import type { BinEntry, BinProblem } from '#platform/bin/contract.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { kindNamed } from '#ui/kinds.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useReasons } from '#ui/useReasons.ts'
import { customerOf } from '#ui/useRemoved.ts'
import { recycleWords } from './messages.ts'

/** Why some could not be brought back, and what to do about each. */
export const Problems = (props: {
  problems: readonly BinProblem[]
  entries: readonly BinEntry[]
  onClose: () => void
}) => {
  const { problems, entries } = props
  const w = useMessages(recycleWords)
  const say = useReasons()
  const label = useLabel()
  const words = ({ id, reason, facts = {} }: BinProblem) => {
    if (reason !== 'value_taken_meanwhile') return say({ reason, values: customerOf(facts) })
    const kind = kindNamed(entries.find((entry) => entry.id === id)?.entity ?? '')
    const name = String(facts.field ?? '')
    const field = kind?.fields[name]
    const other: unknown =
      typeof facts.other === 'object' && facts.other !== null
        ? Reflect.get(facts.other, 'title')
        : undefined
    return w.taken(field ? label(field.label) : name, typeof other === 'string' ? other : '')
  }
  const done = entries.length - problems.length
  return (
    <Dialog
      title={w.someKept(done, problems.length)}
      width={460}
      onCancel={props.onClose}
      footer={<Button onClick={props.onClose}>{w.close}</Button>}
    >
      <ul className="bin-problems">
        {problems.map((problem) => (
          <li key={problem.id}>
            <span>{problem.title ?? w.unnamed}</span>
            <span className="quiet">{words(problem)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
