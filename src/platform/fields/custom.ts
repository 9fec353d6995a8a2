import type { Choice, Fields } from './field.ts'
import type { Machine } from './machine.ts'

/** What administrators shaped: added fields by entity, shared lists by name, machines by `entity.field`. */
export type Shaped = {
  fields: ReadonlyMap<string, Fields>
  dictionaries: ReadonlyMap<string, readonly Choice[]>
  machines: ReadonlyMap<string, Machine>
}

const unshaped: Shaped = { fields: new Map(), dictionaries: new Map(), machines: new Map() }

/**
 * Every place that reads `entity.fields` sees what administrators shaped, on the server and in the
 * browser; whoever loads or changes it calls `setCustomFields`.
 */
const state: { version: number; shaped: Shaped } = { version: 0, shaped: unshaped }

const listeners = new Set<() => void>()

/** Definitions of a version that is known already change nothing, so that nothing is derived anew. */
export const setCustomFields = (version: number, shaped: Shaped) => {
  if (version === state.version) return
  state.version = version
  state.shaped = shaped
  for (const listener of listeners) listener()
}

/** Calls `listener` after every change of the custom fields, until what it gives back is called. */
export const onFieldsChange = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Changes whenever the custom fields do, so that what was derived from them can be kept until then. */
export const customVersion = () => state.version

/** `x_` keeps the names of administrators and those of later versions apart. */
export const isCustomName = (name: string) => name.startsWith('x_')

const none: Fields = {}
export const customFieldsOf = (entity: string): Fields => state.shaped.fields.get(entity) ?? none
export const entriesOf = (dictionary: string): readonly Choice[] =>
  state.shaped.dictionaries.get(dictionary) ?? []
export const machineOf = (entity: string, field: string): Machine | undefined =>
  state.shaped.machines.get(`${entity}.${field}`)

/** Keeps what `make` derives from fields until an administrator changes one. */
export const untilFieldsChange = <T>(make: () => T): (() => T) => {
  let kept: { version: number; value: T } | undefined
  return () => {
    if (kept?.version !== state.version) kept = { version: state.version, value: make() }
    return kept.value
  }
}
