import type * as z from 'zod/mini'
import type { Actor } from '../database/ctx.ts'
import { namedIn, partsOf } from '../fields/naming.ts'

type Given = Readonly<Record<string, unknown>>

/**
 * An input without the fields that are hidden from the caller, and where they stood: they are answered
 * as keys that nobody knows, whatever was given for them.
 */
export const withoutHidden = (
  schema: z.core.$ZodType,
  given: Given,
  actor: Actor,
): { known: Given; unknown: string[] } => {
  const parts = partsOf(schema)
  const hidden = namedIn(schema).flatMap(([key, { entity, name, field }]) =>
    Object.hasOwn(given, key) && actor.right(entity, name, field) === 'hidden' ? [key] : [],
  )
  const unknown = [...hidden]
  const known = Object.entries(given)
    .filter(([key]) => !hidden.includes(key))
    .map(([key, value]): [string, unknown] => {
      const part = Object.hasOwn(parts, key) ? parts[key] : undefined
      if (!part || value === null || typeof value !== 'object' || Array.isArray(value))
        return [key, value]
      const inside = withoutHidden(part, { ...value }, actor)
      unknown.push(...inside.unknown.map((path) => `${key}.${path}`))
      return [key, inside.known]
    })
  return { known: Object.fromEntries(known), unknown }
}
