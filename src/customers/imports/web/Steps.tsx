import { Check } from 'lucide-react'
import { useMessages } from '#ui/locale.tsx'
import { importWords } from './messages.ts'

const order = ['map', 'check', 'run', 'end'] as const
export type Step = (typeof order)[number]

/** Where one is: the steps gone, the one at hand, those to come. */
export const Steps = ({ at }: { at: Step }) => {
  const w = useMessages(importWords)
  const steps = [
    { key: 'map', label: w.stepMap },
    { key: 'check', label: w.stepCheck },
    { key: 'run', label: w.stepRun },
  ] as const
  const here = order.indexOf(at)
  return (
    <ol className="steps">
      {steps.map(({ key, label }, place) => (
        <li
          key={key}
          data-gone={place < here || undefined}
          aria-current={place === here ? 'step' : undefined}
        >
          {place < here ? <Check /> : <span className="figure">{place + 1}</span>}
          {label}
        </li>
      ))}
    </ol>
  )
}
