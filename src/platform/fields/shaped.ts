import { customFieldsOf, entriesOf, machineOf } from './custom.ts'
import type { Field, Fields } from './field.ts'
import * as f from './kinds.ts'
import { unbound } from './reader.ts'

/** The fields of an entity as administrators shaped them: added ones, shared lists, stages. */
export const shapedFields = (entity: string, fixed: Fields): Fields => {
  const all = { ...fixed, ...customFieldsOf(entity) }
  return Object.fromEntries(
    Object.entries(all).map(([name, field]) => [
      name,
      withStages(withEntries(bound(field, all)), entity, name),
    ]),
  )
}

/** Whether a field is wanted cannot be told by one that is retired. */
const bound = (field: Field, all: Fields): Field =>
  !field.when || Object.hasOwn(all, field.when.field) ? field : unbound(field)

/** A field whose choices come from a shared list, with the list as it is now. */
export const withEntries = (field: Field): Field => {
  if (field.dictionary === undefined) return field
  const entries = entriesOf(field.dictionary).map((entry) => ({
    ...entry,
    label: { ...entry.label, en: entry.label.en || entry.label.zh },
  }))
  if (field.open) return { ...field, ...f.wordOf(entries, field.max) }
  const { label } = field
  const several = field.kind === 'choices'
  const { read } = several ? f.choices(entries, { label }) : f.choice(entries, { label })
  return { ...field, choices: entries, read }
}

const withStages = (field: Field, entity: string, name: string): Field => {
  const machine = machineOf(entity, name)
  if (!machine || field.kind !== 'choice') return field
  const stages = machine.stages.map((stage) => ({
    ...stage,
    label: { ...stage.label, en: stage.label.en || stage.label.zh },
  }))
  return { ...field, ...f.stageOf({ ...machine, stages }) }
}
