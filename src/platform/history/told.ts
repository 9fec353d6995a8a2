import type { Ctx } from '../database/ctx.ts'
import { decrypt, isEncrypted } from '../encryption/encryption.ts'
import { turnedPayload } from '../encryption/values.ts'
import { entities } from '../records/registry.ts'

type Values = Record<string, unknown>

/**
 * What the payload of an event about this kind of record tells the reader; what cannot be opened is
 * named only, as what is masked is.
 */
export const toldTo = (
  ctx: Ctx,
  { subject_kind, subject_id }: { subject_kind: string; subject_id: string },
  payload: Values | null,
): Values => {
  const entity = entities().find((each) => each.name === subject_kind)
  if (!entity) return payload ?? {}
  const unread = new Set<string>()
  const opened = turnedPayload(payload ?? {}, (field, value) => {
    if (!isEncrypted(value)) return value
    const plain = decrypt({ entity: entity.name, field, id: subject_id }, value)
    if (plain !== undefined) return plain
    const kept = Object.hasOwn(entity.fields, field) ? entity.fields[field] : undefined
    if (kept?.encrypted) unread.add(field)
    return value
  })
  const rightOf = (name: string) => {
    const field = Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined
    return field ? ctx.actor.right(entity.name, name, field) : 'hidden'
  }
  return toldBy(
    withoutUnknown(opened, (name) => rightOf(name) !== 'hidden'),
    entity.title,
    (name) => ['read', 'write'].includes(rightOf(name)) && !unread.has(name),
    (name) => rightOf(name) !== 'hidden',
  )
}

/** A fact about a field, such as that its plain value was looked at, for whoever may know of the field. */
const withoutUnknown = (payload: Values, knows: (name: string) => boolean): Values => {
  const { field, ...facts } = valuesIn(payload.facts)
  if (typeof field !== 'string' || knows(field)) return payload
  return { ...payload, facts }
}

/**
 * What an event tells a reader: of its `values`, `changes` and `title` those of fields that the
 * reader may see plain; of masked ones only the names, as `concealed`. Its `facts` are of no field, such
 * as whom a record is shared with, and told to whoever sees the record. Nothing else of it is shown.
 */
export const toldBy = (
  payload: Values,
  titleField: string,
  isPlain: (field: string) => boolean,
  isMasked: (field: string) => boolean = () => true,
): Values => {
  const values = valuesIn(payload.values)
  const changes = valuesIn(payload.changes)
  const title = 'title' in payload
  const named = [...Object.keys(values), ...Object.keys(changes), ...(title ? [titleField] : [])]
  const concealed = [...new Set(named)].filter((name) => !isPlain(name) && isMasked(name))
  return {
    ...('values' in payload && { values: only(values, isPlain) }),
    ...('changes' in payload && { changes: only(changes, isPlain) }),
    ...(title && isPlain(titleField) && { title: payload.title }),
    ...('facts' in payload && { facts: payload.facts }),
    ...(concealed.length > 0 && { concealed }),
  }
}

const valuesIn = (part: unknown): Values =>
  part !== null && typeof part === 'object' ? { ...part } : {}

const only = (values: Values, isPlain: (field: string) => boolean): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => isPlain(name)))
