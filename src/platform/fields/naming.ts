import type * as z from 'zod/mini'
import type { Field } from './field.ts'

/** Which field of which kind of record a part of a schema stands for. */
export type Naming = { entity: string; name: string; field: Field }

const namings = new WeakMap<z.core.$ZodType, Naming>()

/** Remembers what a part of a schema stands for, so that who may not know of the field is not told of it. */
export const naming = <S extends z.ZodMiniType>(schema: S, of: Naming): S => {
  namings.set(schema, of)
  return schema
}

/** The parts of a schema by their keys, those inside a wrapper too; none where it is no object. */
export const partsOf = (schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> => {
  const { def } = schema._zod as unknown as { def: Def }
  if (def.shape) return def.shape
  const inner = def.type === 'lazy' ? innerOf(schema) : (def.innerType ?? def.in)
  return inner ? partsOf(inner) : {}
}

/** The fields that the parts of a schema stand for, by their keys. */
export const namedIn = (schema: z.core.$ZodType): [key: string, of: Naming][] =>
  Object.entries(partsOf(schema)).flatMap(([key, part]) => {
    const of = namings.get(part)
    return of ? [[key, of]] : []
  })

type Def = {
  type: string
  shape?: Record<string, z.core.$ZodType>
  innerType?: z.core.$ZodType
  in?: z.core.$ZodType
}

/** Made anew when fields change, see `live`. */
const innerOf = (schema: z.core.$ZodType) =>
  (schema._zod as unknown as { innerType: z.core.$ZodType }).innerType
