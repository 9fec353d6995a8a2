import { ChevronDown } from 'lucide-react'
import { offered } from '#platform/fields/choices.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { useChange } from '#platform/lists/source.ts'
import { useAskedFields, useDirectory, usePlainFields } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useFields } from '#ui/fields.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Menu } from '#ui/Menu.tsx'
import { useStageTrouble } from '#ui/stageHints.ts'
import { useToast } from '#ui/Toasts.tsx'
import { type AnyRecord, nameOf, pathOf } from './kind.ts'
import { kindWords } from './messages.ts'

/** Where a record stands, and where it may go from here; what cannot be reached says why. */
export const StageMenu = (props: { entity: Entity; name: string; record: AnyRecord }) => {
  const { entity, name, record } = props
  const w = useMessages(kindWords)
  const label = useLabel()
  const toast = useToast()
  const say = useFailureWords()
  const { rightOf } = useDirectory()
  const trouble = useStageTrouble()
  const fields = useAskedFields(entity.name, useFields(entity))
  const plain = usePlainFields(entity.name, fields)
  const change = useChange<AnyRecord>(pathOf(entity, record.customer_id), `/${entity.plural}`)
  const field = fields[name]
  if (!field) return null
  const { choices = [] } = field
  const wordFor = (value: unknown) => {
    const found = choices.find((each) => each.value === value)
    return found ? label(found.label) : String(value ?? '—')
  }
  const now = wordFor(record[name])
  if (!record.can.edit || rightOf(entity.name, name) !== 'write') return <span>{now}</span>
  const go = async (value: string) => {
    try {
      await change.mutateAsync({ ...record, change: { [name]: value } })
      toast({ text: w.moved(nameOf(entity, record), wordFor(value)) })
    } catch (problem) {
      toast({ tone: 'failed', text: say(problem) })
    }
  }
  const items = offered(choices, String(record[name] ?? '')).map(({ value }) => {
    const here = value === record[name]
    const hint = trouble(field, plain, record, name, value)
    return {
      key: value,
      label: wordFor(value),
      checked: here,
      disabled: hint !== undefined,
      ...(hint && { hint }),
      run: () => {
        if (!here) void go(value)
      },
    }
  })
  return (
    <Menu label={label(field.label)} placement="bottomLeft" items={items}>
      <button type="button" className="stage" aria-label={w.stage(label(field.label), now)}>
        {now}
        <ChevronDown />
      </button>
    </Menu>
  )
}
