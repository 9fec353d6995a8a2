import { ChevronDown } from 'lucide-react'
import { offered } from '#platform/fields/choices.ts'
import { useAskedFields, useDirectory, usePlainFields } from '#ui/directory.tsx'
import { useFields } from '#ui/fields.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Menu } from '#ui/Menu.tsx'
import { useStageTrouble } from '#ui/stageHints.ts'
import { customer } from '../fields.ts'
import type { Customer } from './look.tsx'
import { pageWords } from './pageMessages.ts'
import { useCustomerChange } from './useCustomerChange.ts'

/** The stage and where it may go from here; what cannot be reached says why. */
export const StageControl = ({ record }: { record: Customer }) => {
  const w = useMessages(pageWords)
  const label = useLabel()
  const { rightOf } = useDirectory()
  const change = useCustomerChange(record)
  const fields = useFields(customer)
  const asked = useAskedFields(customer.name, fields)
  const plain = usePlainFields(customer.name, asked)
  const trouble = useStageTrouble()
  const { choices = [] } = fields.stage
  const nameOf = (stage: string) =>
    label(choices.find(({ value }) => value === stage)?.label ?? { zh: stage, en: stage })
  const now = nameOf(record.stage)
  const mayChange = record.can.edit && rightOf('customer', 'stage') === 'write'
  if (!mayChange) return <span>{now}</span>
  const items = offered(choices, record.stage).map(({ value }) => {
    const here = value === record.stage
    const hint = trouble(asked.stage ?? fields.stage, plain, record, 'stage', value)
    return {
      key: value,
      label: nameOf(value),
      checked: here,
      disabled: hint !== undefined,
      ...(hint && { hint }),
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
    <Menu label={label(fields.stage.label)} placement="bottomLeft" items={items}>
      <button type="button" className="stage" aria-label={w.stage(now)}>
        {now}
        <ChevronDown />
      </button>
    </Menu>
  )
}
