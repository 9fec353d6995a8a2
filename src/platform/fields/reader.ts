import type { Field, Fields } from './field.ts'

/** A field whose condition cannot be told: it is shown, and asked of nobody. */
export const unbound = ({ when: _, required: __, ...rest }: Field): Field => rest

/**
 * Fields as they are for somebody who reads plain only some of them. What goes by a value that they may
 * not read is shown to them always, and asked of them by no form, rule or stage: asking would tell it.
 */
export const fieldsFor = (fields: Fields, reads: (name: string) => boolean): Fields => {
  const isLoose = ({ when }: Field) => when !== undefined && !reads(when.field)
  const loose = new Set(Object.keys(fields).filter((name) => fields[name] && isLoose(fields[name])))
  if (loose.size === 0) return fields
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      withoutNeeds(loose.has(name) ? unbound(field) : field, loose),
    ]),
  )
}

const withoutNeeds = (field: Field, loose: ReadonlySet<string>): Field => {
  const { machine } = field
  if (!machine) return field
  const stages = machine.stages.map((stage) => ({
    ...stage,
    needs: stage.needs.filter((need) => !loose.has(need)),
  }))
  return { ...field, machine: { ...machine, stages } }
}
