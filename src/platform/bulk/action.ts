import { isEncrypted, unreadable } from '../encryption/encryption.ts'
import { closed, opened } from '../encryption/values.ts'
import { AppError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import type { Action } from './contract.ts'

/** An action as its run keeps it, the value of an encrypted field encrypted too. */
export const closedAction = (entity: Entity, run: string, action: Action): string =>
  JSON.stringify(
    action.kind === 'edit'
      ? { ...action, value: closed(entity, run, { [action.field]: action.value })[action.field] }
      : action,
  )

/** The action that a run keeps; refuses where its value was stored with another secret. */
export const openedAction = (entity: Entity, run: string, action: Action): Action => {
  if (action.kind !== 'edit') return action
  const value = opened(entity, run, { [action.field]: action.value })[action.field]
  if (entity.fields[action.field]?.encrypted && isEncrypted(value))
    throw new AppError('conflict', unreadable(value))
  return { ...action, value }
}
