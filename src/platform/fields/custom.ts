import type { Fields } from './field.ts'

/**
 * The fields that administrators added, by entity. Every place that reads `entity.fields` sees them,
 * on the server and in the browser; whoever loads or changes them calls `setCustomFields`.
 */
const state: { version: number; fields: ReadonlyMap<string, Fields> } = {
  version: 0,
  fields: new Map(),
}

export const setCustomFields = (version: number, fields: ReadonlyMap<string, Fields>) => {
  state.version = version
  state.fields = fields
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
