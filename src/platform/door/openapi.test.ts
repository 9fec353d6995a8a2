import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { services } from '#app/house.ts'
import { apiDocument, operationOf, part, type Schema, strays } from '#app/testing/document.ts'
import type { Endpoint } from './contract.ts'

const endpoints = services.flatMap(({ contract }) => Object.values<Endpoint>(contract))

type Parameter = { name: string; in: string; required?: boolean; schema: Schema }
const parametersOf = (operation: Schema): Parameter[] => {
  const list: unknown = operation.parameters
  assert.ok(Array.isArray(list))
  return list
}

describe('the API document', () => {
  it('is OpenAPI 3.1 with all that a client must find', () => {
    assert.match(String(apiDocument.openapi), /^3\.1\.\d+$/)
    const { title, version } = part(apiDocument, 'info')
    assert.ok(title && version)
    const schemes = part(apiDocument, 'components', 'securitySchemes')
    const { security } = apiDocument
    assert.ok(Array.isArray(security))
    for (const each of security)
      for (const name of Object.keys(each)) assert.ok(name in schemes, name)
  })

  it('holds every endpoint once, and nothing else', () => {
    const told = Object.entries(part(apiDocument, 'paths')).flatMap(([path, item]) =>
      Object.keys(part(item)).map((method) => `${method} ${path}`),
    )
    const known = endpoints.map(
      ({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`,
    )
    assert.deepEqual(told.sort(), known.sort())
    assert.equal(new Set(known).size, known.length, 'two endpoints at one address')
  })

  for (const endpoint of endpoints)
    it(`describes ${endpoint.method} ${endpoint.path}`, () => {
      const operation = operationOf(endpoint)
      assert.ok(operation.summary && operation.description && operation['x-permission'])
      const parameters = parametersOf(operation)
      const places = parameters.map((each) => `${each.in} ${each.name}`)
      assert.equal(new Set(places).size, places.length)
      for (const each of parameters) {
        assert.ok(['path', 'query', 'header'].includes(each.in), each.in)
        if (each.in === 'path') assert.equal(each.required, true)
      }
      const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => name)
      const templated = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1])
      assert.deepEqual(inPath.sort(), templated.sort())
      const headers = parameters.filter((each) => each.in === 'header').map(({ name }) => name)
      assert.equal(headers.includes('If-Match'), endpoint.ifMatch === true)
      assert.equal(headers.includes('Idempotency-Key'), endpoint.repeats !== undefined)
      const responses = part(operation, 'responses')
      assert.deepEqual(Object.keys(responses).sort(), [String(endpoint.status ?? 200), 'default'])
      for (const response of Object.values(responses))
        assert.equal(typeof part(response).description, 'string')
      if (endpoint.method === 'GET') assert.ok(!('requestBody' in operation))
    })

  it('resolves each reference and holds schemas that can be read', () => {
    const seen = walk(apiDocument, '#', false)
    assert.ok(seen > 1000, `${seen} schemas`)
  })
})

it('tells an answer that says more than its schema', () => {
  const get = endpoints.find(({ method, path }) => method === 'GET' && path === '/customers')
  assert.ok(get)
  const answer = {
    items: [{ name: '甲', grants: [1], can: { edit: true, fly: true } }],
    next: null,
  }
  assert.deepEqual(strays(get, 200, answer).sort(), [
    '.items.0.can.fly',
    '.items.0.grants',
    '.items.0.grants',
  ])
})

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']
/** The words of JSON Schema 2020-12. */
const keywords = [
  ...['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const'],
  ...['anyOf', 'oneOf', 'allOf', 'not', 'propertyNames', 'default', 'description', 'format'],
  ...['pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'prefixItems', '$ref'],
  ...['uniqueItems', 'contains', 'minProperties', 'maxProperties', 'patternProperties'],
  ...['title', 'examples', 'deprecated', 'readOnly', 'writeOnly', 'contentEncoding', '$defs'],
]

/** Visits every schema of a part of the document; gives how many there were. */
const walk = (value: unknown, at: string, isSchema: boolean): number => {
  if (Array.isArray(value))
    return value.reduce(
      (sum: number, each, index) => sum + walk(each, `${at}/${index}`, isSchema),
      0,
    )
  if (typeof value !== 'object' || value === null) return 0
  const here: Schema = { ...value }
  if (isSchema) sound(here, at)
  if (typeof here.$ref === 'string') resolve(here.$ref, at)
  return Object.entries(here).reduce(
    (sum, [key, each]) => sum + walkKey(key, each, `${at}/${key}`, isSchema),
    isSchema ? 1 : 0,
  )
}

const walkKey = (key: string, value: unknown, at: string, isSchema: boolean): number => {
  if (isSchema && ['enum', 'const', 'default', 'required'].includes(key)) return 0
  const named = (isSchema && key === 'properties') || (key === 'schemas' && !isSchema)
  if (!named) return walk(value, at, isSchema || key === 'schema')
  return Object.entries(part(value)).reduce(
    (sum, [name, each]) => sum + walk(each, `${at}/${name}`, true),
    0,
  )
}

const sound = (schema: Schema, at: string) => {
  for (const word of Object.keys(schema)) assert.ok(keywords.includes(word), `${at}: ${word}`)
  const { type, pattern, required, properties } = schema
  for (const each of [type].flat())
    assert.ok(each === undefined || types.includes(String(each)), `${at}: type ${each}`)
  if (pattern !== undefined) assert.doesNotThrow(() => new RegExp(String(pattern), 'u'), at)
  if (required !== undefined) {
    assert.ok(Array.isArray(required), at)
    for (const name of required) assert.ok(name in part(properties), `${at}: required ${name}`)
  }
}

const resolve = (reference: string, at: string) => {
  assert.ok(reference.startsWith('#/'), `${at}: ${reference}`)
  const found = part(apiDocument, ...reference.slice(2).split('/'))
  assert.ok(Object.keys(found).length > 0, `${at}: ${reference} leads nowhere`)
}
