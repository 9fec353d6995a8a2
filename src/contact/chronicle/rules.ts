type Values = Record<string, unknown>

/**
 * What an event tells a reader: of its `values`, `changes` and `title` those of fields that the
 * reader may see plain; of the others only the names, as `concealed`. Nothing else of it is shown.
 */
export const toldBy = (
  payload: Values,
  titleField: string,
  isPlain: (field: string) => boolean,
): Values => {
  const values = valuesIn(payload.values)
  const changes = valuesIn(payload.changes)
  const title = 'title' in payload
  const named = [...Object.keys(values), ...Object.keys(changes), ...(title ? [titleField] : [])]
  const concealed = [...new Set(named)].filter((name) => !isPlain(name))
  return {
    ...('values' in payload && { values: only(values, isPlain) }),
    ...('changes' in payload && { changes: only(changes, isPlain) }),
    ...(title && isPlain(titleField) && { title: payload.title }),
    ...(concealed.length > 0 && { concealed }),
  }
}

const valuesIn = (part: unknown): Values =>
  part !== null && typeof part === 'object' ? { ...part } : {}

const only = (values: Values, isPlain: (field: string) => boolean): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => isPlain(name)))
