import { ChevronDown } from 'lucide-react'
import type { Label } from '#platform/fields/field.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Menu } from '#ui/Menu.tsx'
import { type Stage, stageMoves, stages, stagesBefore } from '../rules.ts'
import type { Customer } from './look.tsx'
import { pageWords } from './pageMessages.ts'
import { useCustomerChange } from './useCustomerChange.ts'

const labels = new Map<Stage, Label>(stages.map(({ value, label }) => [value, label]))

/** The stage and where it may go from here; what cannot be reached says from where it can. */
export const StageControl = ({ record }: { record: Customer }) => {
  const w = useMessages(pageWords)
  const label = useLabel()
  const { rightOf } = useDirectory()
  const change = useCustomerChange(record)
  const nameOf = (stage: Stage) => label(labels.get(stage) ?? { zh: stage, en: stage })
  const now = nameOf(record.stage)
  const mayChange = record.can.edit && rightOf('customer', 'stage') === 'write'
  if (!mayChange) return <span>{now}</span>
  const items = stages.map(({ value }) => {
    const here = value === record.stage
    const reachable = stageMoves[record.stage].includes(value)
    return {
      key: value,
      label: nameOf(value),
      checked: here,
      disabled: !here && !reachable,
      ...(!here &&
        !reachable && { hint: w.stageOnlyFrom(w.listed(stagesBefore(value).map(nameOf))) }),
      run: () => {
        if (!here)
          void change(
            { stage: value },
            { stage: record.stage },
            w.stageSet(nameOf(value)),
            w.stageTaken,
          )
      },
    }
  })
  return (
    <Menu label={label({ zh: '阶段', en: 'Stage' })} placement="bottomLeft" items={items}>
      <button type="button" className="stage" aria-label={w.stage(now)}>
        {now}
        <ChevronDown />
      </button>
    </Menu>
  )
}
