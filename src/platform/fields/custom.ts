import type { Fields } from './field.ts'

/**
 * The fields that administrators added, by entity. Every place that reads `entity.fields` sees them,
 * on the server and in the browser; whoever loads or changes them calls `setCustomFields`.
 */
const state: { version: number; fields: ReadonlyMap<string, Fields> } = {
  version: 0,
  fields: new Map(),
}

const listeners = new Set<() => void>()

/** Definitions of a version that is known already change nothing, so that nothing is derived anew. */
export const setCustomFields = (version: number, fields: ReadonlyMap<string, Fields>) => {
  if (version === state.version) return
  state.version = version
  state.fields = fields
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

const none: Fields = {}
export const customFieldsOf = (entity: string): Fields => state.fields.get(entity) ?? none

/** Keeps what `make` derives from fields until an administrator changes one. */
export const untilFieldsChange = <T>(make: () => T): (() => T) => {
  let kept: { version: number; value: T } | undefined
  return () => {
    if (kept?.version !== state.version) kept = { version: state.version, value: make() }
    return kept.value
  }
}
