import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { type Naming, namedIn } from '../fields/naming.ts'
import { asksInQuery, type Endpoint } from './contract.ts'
import type { Service } from './door.ts'
import { problemType } from './problem.ts'

type Json = Record<string, unknown>

/**
 * The API document (OpenAPI 3.1) of everything behind the door, from the contracts alone. Fields that
 * `hides` are left out of it.
 */
export const openApi = (
  services: readonly Service[],
  server: string,
  hides: (of: Naming) => boolean = () => false,
): Json => {
  const paths: Record<string, Json> = {}
  const schemas: Record<string, Json> = { Problem: problem }
  for (const { contract } of services)
    for (const endpoint of Object.values(contract)) {
      const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
      paths[path] = {
        ...paths[path],
        [endpoint.method.toLowerCase()]: operation(endpoint, { schemas, hides }),
      }
    }
  return {
    openapi: '3.1.0',
    info: {
      title: '知客 Zhike',
      version: '1',
      description: 'JSON, RFC 9457 problems, If-Match on changes.',
    },
    servers: [{ url: server }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'zhike.session_token' },
      },
      schemas,
    },
  }
}

type Making = { schemas: Record<string, Json>; hides: (of: Naming) => boolean }

const operation = (endpoint: Endpoint, making: Making): Json => {
  const input = schema(endpoint.input, 'input', making)
  const properties = (input.properties ?? {}) as Record<string, Json>
  const required = Array.isArray(input.required) ? input.required : []
  const inPath = new Set([...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? ''))
  const rest = Object.entries(properties).filter(([name]) => !inPath.has(name))
  const reads = asksInQuery(endpoint)
  const parameters = Object.entries(properties)
    .filter(([name]) => reads || inPath.has(name))
    .map(([name, of]) => ({
      name,
      in: inPath.has(name) ? 'path' : 'query',
      required: inPath.has(name) || required.includes(name),
      schema: of,
    }))
  return {
    summary: endpoint.summary.en,
    description: endpoint.summary.zh,
    'x-permission': endpoint.permission,
    ...(endpoint.permission === 'public' && { security: [] }),
    parameters: [
      ...parameters,
      ...(endpoint.ifMatch
        ? [header('If-Match', true, 'The version that was seen, such as "3".')]
        : []),
      ...(endpoint.repeats
        ? [header('Idempotency-Key', false, 'The same key again gives the first answer.')]
        : []),
    ],
    ...(endpoint.upload && {
      requestBody: { required: true, content: { 'application/octet-stream': {} } },
    }),
    ...(!reads &&
      rest.length > 0 && {
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: Object.fromEntries(rest),
                required: required.filter((name) => !inPath.has(String(name))),
                additionalProperties: false,
              },
            },
          },
        },
      }),
    responses: {
      [endpoint.status ?? 200]: {
        description: 'Done',
        content: endpoint.download
          ? { 'application/octet-stream': {} }
          : { 'application/json': { schema: schema(endpoint.output, 'output', making) } },
      },
      default: {
        description: 'Refused',
        content: { [problemType]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

/** A schema that refers to itself, as conditions do, goes to the shared ones: references are from the root. */
const schema = (of: z.ZodMiniType, io: 'input' | 'output', { schemas, hides }: Making): Json => {
  const { $schema: _, ...whole } = z.toJSONSchema(of, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    cycles: 'ref',
    override: ({ zodSchema, jsonSchema }) => {
      for (const [key, naming] of jsonSchema.properties ? namedIn(zodSchema) : [])
        if (hides(naming)) delete jsonSchema.properties?.[key]
    },
  })
  const { $defs = {}, ...rest } = whole
  const names = new Map(
    Object.entries($defs).map(([name, definition]) => [name, sharedName(definition, schemas)]),
  )
  const referred = (json: unknown): Json =>
    JSON.parse(
      JSON.stringify(json).replace(
        /"#\/\$defs\/([^"]+)"/g,
        (_whole, name) => `"#/components/schemas/${names.get(name)}"`,
      ),
    )
  for (const [name, definition] of Object.entries($defs))
    schemas[names.get(name) ?? ''] = referred(definition)
  return referred(rest)
}

/** The same definition keeps one name, however many endpoints use it. */
const sharedName = (definition: unknown, schemas: Record<string, Json>): string => {
  const digest = createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 8)
  const name = `Recursive_${digest}`
  schemas[name] ??= {}
  return name
}

const header = (name: string, required: boolean, description: string) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
})

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'reason'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    reason: { type: 'string', description: 'A stable key.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'reason'],
        properties: {
          path: { type: 'string' },
          reason: { type: 'string' },
          values: { type: 'object' },
        },
      },
    },
    facts: { type: 'object' },
  },
}
