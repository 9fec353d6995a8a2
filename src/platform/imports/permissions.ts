import type { Ctx } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import type { Mode } from './contract.ts'
import type { Importable } from './ports.ts'

/** Refuses an import by a person who could not do by hand what it will do. */
export const requirePermissions = (ctx: Ctx, { entity }: Importable, mode?: Mode) => {
  const verbs = ['import']
  if (mode === 'insert' || mode === 'both') verbs.push('create')
  if (mode === 'update' || mode === 'both') verbs.push('edit')
  for (const verb of verbs) {
    const permission = `${entity.plural}.${verb}`
    if (!ctx.actor.reach(permission))
      throw new AppError('forbidden', 'permission_missing', { facts: { permission } })
  }
}
