import { AppError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import type { Fields } from '../fields/field.ts'
import { decrypt, encrypt, isEncrypted, unreadable } from './encryption.ts'

type Values = Record<string, unknown>
type Kind = Pick<Entity, 'name' | 'fields'>

// Fields are the same object until an administrator changes one.
const known = new WeakMap<Fields, readonly string[]>()

/** The fields of a kind of record whose values are stored encrypted. */
const encryptedNames = ({ fields }: Pick<Entity, 'fields'>): readonly string[] => {
  const held = known.get(fields)
  if (held) return held
  const names = Object.keys(fields).filter((name) => fields[name]?.encrypted)
  known.set(fields, names)
  return names
}

/** Values as they are stored; what is encrypted already, as nobody could read it, stays as it is. */
export const closed = <V extends Values>(kind: Kind, id: string, values: V): V =>
  turned(kind, values, (field, value) =>
    isEncrypted(value) ? value : encrypt({ entity: kind.name, field, id }, value),
  )

/** Values as people read them; what cannot be read stays in its stored form, so that it is never lost. */
export const opened = <V extends Values>(kind: Kind, id: string, values: V): V =>
  turned(kind, values, (field, value) =>
    isEncrypted(value) ? (decrypt({ entity: kind.name, field, id }, value) ?? value) : value,
  )

/** Refuses to write over a value that cannot be read, as long as the right secret may bring it back. */
export const requireReadable = (kind: Kind, before: Values, names: readonly string[]) => {
  const errors = encryptedNames(kind).flatMap((path) => {
    const value = before[path]
    if (!names.includes(path) || !isEncrypted(value)) return []
    const reason = unreadable(value)
    return reason === 'encrypted_secret_given_up' ? [] : [{ path, reason }]
  })
  if (errors[0]) throw new AppError('conflict', errors[0].reason, { errors })
}

/**
 * What an event tells of fields, each value turned: those of a new record, both sides of a change, what
 * a filter compares with, and by which values of another a field is shown.
 */
export const turnedPayload = (
  payload: Values,
  turn: (field: string, value: unknown) => unknown,
): Values => ({
  ...payload,
  ...(isObject(payload.values) && { values: mapped(payload.values, turn) }),
  ...(isObject(payload.changes) && {
    changes: mapped(payload.changes, (field, sides) =>
      Array.isArray(sides) ? sides.map((side) => turn(field, side)) : sides,
    ),
  }),
  ...(isObject(payload.filter) && { filter: turnedFilter(payload.filter, turn) }),
  ...(isObject(payload.definition) && { definition: turnedWhen(payload.definition, turn) }),
})

/** An event's payload as it was before anything of it was encrypted, as far as it can be read. */
export const openedPayload = (entity: string, id: string, payload: Values): Values =>
  turnedPayload(payload, (field, value) =>
    isEncrypted(value) ? (decrypt({ entity, field, id }, value) ?? value) : value,
  )

/** A condition with the values of its statements turned. */
export const turnedFilter = (
  part: unknown,
  turn: (field: string, value: unknown) => unknown,
): unknown => {
  if (Array.isArray(part)) return part.map((each) => turnedFilter(each, turn))
  if (!isObject(part)) return part
  if (typeof part.field === 'string' && 'value' in part)
    return { ...part, value: eachTurned(part.field, part.value, turn) }
  return mapped(part, (_name, inner) => turnedFilter(inner, turn))
}

const turnedWhen = (
  definition: Values,
  turn: (field: string, value: unknown) => unknown,
): Values => {
  const { when } = definition
  if (!isObject(when) || typeof when.field !== 'string') return definition
  return { ...definition, when: { ...when, in: eachTurned(when.field, when.in, turn) } }
}

const eachTurned = (
  field: string,
  value: unknown,
  turn: (field: string, value: unknown) => unknown,
) => (Array.isArray(value) ? value.map((each) => turn(field, each)) : turn(field, value))

const turned = <V extends Values>(
  kind: Kind,
  values: V,
  turn: (field: string, value: string) => string,
): V => {
  const own = encryptedNames(kind).flatMap((name): [string, string][] => {
    const value = values[name]
    return typeof value === 'string' && value !== '' ? [[name, turn(name, value)]] : []
  })
  return own.length === 0 ? values : { ...values, ...Object.fromEntries(own) }
}

const isObject = (value: unknown): value is Values =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const mapped = (values: Values, turn: (field: string, value: unknown) => unknown): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, turn(name, value)]))
