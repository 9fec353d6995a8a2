import type { Ctx } from '../database/ctx.ts'
import type { Handler, Service } from '../door/door.ts'
import { AppError, type FieldError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import type { Cause } from '../records/deletions.ts'
import type { Values } from '../records/prepare.ts'
import { find } from '../records/records.ts'
import type { Action, Target } from './contract.ts'

/** The entity's own commands, with the rules that belong to them. */
type Writers = {
  create: Handler
  update: Handler
  remove: Handler
  share?: Handler | undefined
  foretell?: Foretell | undefined
}

/** New values, those of a record before if they are to change one. */
export type Foretold = { before?: Values | undefined; values: Values }
/**
 * What `create` and `update` of a kind refuse beyond what is known of its fields: the errors of each row.
 * Its statements may grow with what the rows name, such as people, never with the rows.
 */
type Foretell = (ctx: Ctx, rows: readonly Foretold[]) => Promise<FieldError[][]>
const register = new Map<string, Writers>()

/** Finds the commands of every kind of record among the services; called once, by the composition. */
export const registerWriters = (entities: readonly Entity[], services: readonly Service[]) => {
  for (const { name, plural, root } of entities) {
    const own = services.find(({ contract }) => contract.update?.path.endsWith(`/${plural}/:id`))
    const { create, update, remove, foretell } = own?.handlers ?? {}
    if (!create || !update || !remove)
      throw new Error(`No service makes, changes and removes ${plural}`)
    const team = root && services.find(({ contract }) => contract.add?.path.endsWith('/members'))
    const share = team ? team.handlers.add : undefined
    register.set(name, {
      create,
      update,
      remove,
      share,
      foretell: foretell as Foretell | undefined,
    })
  }
}

/** The commands of a kind, as its own pages call them. */
export const writersOf = ({ name }: Entity): Writers => {
  const writers = register.get(name)
  if (!writers) throw new Error(`Nothing is registered that writes ${name}`)
  return writers
}

/** Does the action to one record, as its own page would: same rights, rules, version and events. */
export const actOn = async (
  ctx: Ctx,
  entity: Entity,
  target: Target,
  action: Action,
  run: string,
) => {
  const writers = writersOf(entity)
  if (action.kind === 'delete') {
    const cause: Cause = { kind: 'bulk', id: run }
    return writers.remove(ctx, { ...target, cause } as never)
  }
  if (action.kind === 'share') {
    const { kind: _, ...share } = action
    return writers.share?.(ctx, { ...share, customer_id: target.id } as never)
  }
  const name = heldField(entity, action)
  const value =
    action.kind === 'tag'
      ? await tagged(ctx, entity, target, name, action)
      : action.kind === 'assign'
        ? action.owner_id
        : action.value
  return writers.update(ctx, { ...target, [name]: value } as never)
}

/** The field that an action writes, which may have been retired since its run began. */
export const heldField = (entity: Entity, action: Action): string => {
  const name = fieldOf(entity, action)
  if (name === undefined) throw new AppError('conflict', 'field_retired')
  return name
}

/** The field that an action writes: the one it names, the responsible person, or the first tags. */
export const fieldOf = ({ fields }: Entity, action: Action): string | undefined => {
  switch (action.kind) {
    case 'edit':
      return Object.hasOwn(fields, action.field) ? action.field : undefined
    case 'assign':
      return fields.owner_id?.kind === 'person' ? 'owner_id' : undefined
    case 'tag':
      return Object.keys(fields).find((name) => fields[name]?.kind === 'tags')
    case 'share':
    case 'delete':
      return undefined
  }
}

/** Whom an action hands its records over to, where the department of a record follows from it. */
export const ownerIn = (entity: Entity, action: Action): unknown => {
  if (!entity.root) return undefined
  if (action.kind === 'assign') return action.owner_id
  return action.kind === 'edit' && action.field === 'owner_id' ? action.value : undefined
}

const tagged = async (
  ctx: Ctx,
  entity: Entity,
  target: Target,
  name: string,
  { add, remove }: Extract<Action, { kind: 'tag' }>,
) => {
  const row: Record<string, unknown> = { ...(await find(ctx, entity, target)) }
  const before = Array.isArray(row[name]) ? row[name].map(String) : []
  const kept = before.filter((tag) => !remove.includes(tag))
  return [...new Set([...kept, ...add])]
}
