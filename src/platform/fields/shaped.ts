import { customFieldsOf, entriesOf, machineOf } from './custom.ts'
import type { Field, Fields } from './field.ts'
import * as f from './kinds.ts'

/** The fields of an entity as administrators shaped them: added ones, shared lists, stages. */
export const shapedFields = (entity: string, fixed: Fields): Fields =>
  Object.fromEntries(
    Object.entries({ ...fixed, ...customFieldsOf(entity) }).map(([name, field]) => [
      name,
      withStages(withEntries(field), entity, name),
    ]),
  )

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
