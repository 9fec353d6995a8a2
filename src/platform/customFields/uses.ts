import type { Ctx } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'

/** Where a field is used: by what everybody may know the name of, and by how much else. */
export type Uses = { names: readonly string[]; others: number }
type Finder = (ctx: Ctx, entity: string, field: string) => Promise<Uses>

const register: { finders: readonly Finder[] } = { finders: [] }

/** `field.uses`: filled once by the application with whatever names fields, such as saved views. */
export const fillFieldUses = (finders: readonly Finder[]) => {
  register.finders = finders
}

/** Refuses while something still names the field, and tells what. */
export const requireUnnamed = async (ctx: Ctx, entity: string, field: string) => {
  const found = await Promise.all(register.finders.map((find) => find(ctx, entity, field)))
  const names = found.flatMap((each) => each.names)
  const others = found.reduce((sum, each) => sum + each.others, 0)
  if (names.length + others > 0)
    throw new AppError('conflict', 'field_in_use', { facts: { views: names.join('、'), others } })
}
