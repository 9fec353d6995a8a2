import type { Endpoint } from '#platform/door/contract.ts'
import { openApi } from '#platform/door/openapi.ts'
import { services } from '../house.ts'

export type Schema = { [keyword: string]: unknown }

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A part of a document by its keys, an empty one where there is none. */
export const part = (of: unknown, ...keys: readonly string[]): Schema => {
  const found = keys.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), of)
  return isObject(found) ? found : {}
}

export const apiDocument: Schema = openApi(services, '/api')

export const operationOf = ({ method, path }: Endpoint): Schema =>
  part(apiDocument, 'paths', path.replace(/:(\w+)/g, '{$1}'), method.toLowerCase())

/** What the stored rows have and no answer may ever hold. */
const never = ['grants', 'name_key', 'deleted_at', 'auth_user_id', 'salt', 'digest', 'password']

/** The places of an answer that its documented schema does not name. */
export const strays = (endpoint: Endpoint, status: number, body: unknown): string[] => {
  const schema = part(operationOf(endpoint), 'responses', String(status), 'content')
  return [...unnamed(part(schema, 'application/json', 'schema'), body, ''), ...forbidden(body, '')]
}

const unnamed = (schema: Schema, value: unknown, path: string): string[] => {
  if (Array.isArray(value)) {
    const [first] = alternatives(schema).filter((each) => 'items' in each)
    return value.flatMap((each, index) => unnamed(part(first, 'items'), each, `${path}.${index}`))
  }
  if (!isObject(value)) return []
  const shapes = alternatives(schema)
  if (shapes.some((each) => isOpen(each))) return []
  return Object.entries(value).flatMap(([key, each]) => {
    const named = shapes.flatMap((shape) =>
      key in part(shape, 'properties') ? [part(shape, 'properties', key)] : [],
    )
    if (named.length === 0) return [`${path}.${key}`]
    const found = named.map((one) => unnamed(one, each, `${path}.${key}`))
    return found.find((places) => places.length === 0) ?? found[0] ?? []
  })
}

/** A schema and, where it joins several, all of them. */
const alternatives = (schema: Schema): Schema[] => {
  const joined = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => {
    const list = schema[word]
    return Array.isArray(list) ? list.filter(isObject) : []
  })
  return joined.length === 0 ? [schema] : joined.flatMap(alternatives)
}

/** Says nothing of its keys, as a payload of an event does. */
const isOpen = (schema: Schema) => !('properties' in schema) && schema.type !== 'array'

const forbidden = (value: unknown, path: string): string[] => {
  if (Array.isArray(value))
    return value.flatMap((each, index) => forbidden(each, `${path}.${index}`))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, each]) => [
    ...(never.includes(key) ? [`${path}.${key}`] : []),
    ...forbidden(each, `${path}.${key}`),
  ])
}
