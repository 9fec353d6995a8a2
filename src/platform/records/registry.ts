import { type RawBuilder, sql } from 'kysely'
import type { Actor, Ctx } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'

/** What the platform must ask the floors above it, filled once by the composition. */
type RecordPorts = {
  /** The department of each person; absent: no such active person. */
  departmentsOf: (ctx: Ctx, people: readonly number[]) => Promise<Map<number, number>>
  /** Those of these departments that still are. */
  departmentsThere: (ctx: Ctx, departments: readonly number[]) => Promise<Set<number>>
  /** The person as they may act now; undefined when they no longer may. */
  actorOf: (ctx: Pick<Ctx, 'db' | 'now'>, person: number) => Promise<Actor | undefined>
  /** Who asks with these headers; undefined when nobody is known by them, or no longer. */
  callerOf: (
    ctx: Pick<Ctx, 'db' | 'now'>,
    headers: Headers,
  ) => Promise<{ actor: Actor } | undefined>
  /** A query for the ids of a department and of those below it. */
  departmentsUnder: (department: number) => RawBuilder<unknown>
}

const register: { entities: readonly Entity[]; ports: RecordPorts } = {
  entities: [],
  ports: {
    departmentsOf: async () => new Map(),
    departmentsThere: async () => new Set(),
    actorOf: async () => undefined,
    callerOf: async () => undefined,
    departmentsUnder: (department) => sql`select ${department}::int`,
  },
}

export const registerEntities = (entities: readonly Entity[], ports: RecordPorts) => {
  register.entities = entities
  register.ports = ports
}

export const entities = (): readonly Entity[] => register.entities
export const ports = (): RecordPorts => register.ports

export const entityNamed = (name: string): Entity => {
  const found = register.entities.find((each) => each.name === name)
  if (!found) throw new AppError('bad_input', 'entity_unknown', { facts: { entity: name } })
  return found
}

export const rootEntity = (): Entity => {
  const found = register.entities.find((each) => each.root)
  if (!found) throw new Error('No root entity is registered')
  return found
}
