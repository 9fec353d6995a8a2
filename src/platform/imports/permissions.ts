import type { Ctx } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import type { Mode } from './contract.ts'
import { filesPath } from './filesField.ts'
import type { Importable } from './ports.ts'

/** Refuses an import by a person who could not do by hand what it will do. */
export const requirePermissions = (
  ctx: Ctx,
  { entity, beside }: Importable,
  mode?: Mode,
  mapping: readonly (string | null)[] = [],
) => {
  const verbs = ['import']
  if (mode === 'insert' || mode === 'both') verbs.push('create')
  if (mode === 'update' || mode === 'both') verbs.push('edit')
  const isBeside = beside && mapping.some((path) => path?.startsWith(`${beside.name}.`))
  const permissions = [
    ...verbs.map((verb) => `${entity.plural}.${verb}`),
    ...(mapping.includes(filesPath) ? ['files.create'] : []),
    ...(isBeside ? [`${beside.plural}.create`, `${beside.plural}.edit`] : []),
  ]
  for (const permission of permissions) {
    if (!ctx.actor.reach(permission))
      throw new AppError('forbidden', 'permission_missing', { facts: { permission } })
  }
}
