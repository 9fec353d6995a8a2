import type { Ctx } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import type { Definition } from '../fields/definition.ts'
import type { Entity } from '../fields/entity.ts'
import { list as machines } from '../stages/queries.ts'

/** Where a field is used: by what everybody may know the name of, and by how much else. */
export type Uses = { names: readonly string[]; others: number }
/** What names a field, such as saved views: those that cannot do without it, and those that only show it. */
type Finder = (ctx: Ctx, entity: string, field: string) => Promise<{ needing: Uses; showing: Uses }>

const register: { finders: readonly Finder[] } = { finders: [] }

/** `field.uses`: filled once by the application with whatever names fields, such as saved views. */
export const fillFieldUses = (finders: readonly Finder[]) => {
  register.finders = finders
}

/**
 * Refuses while something still names the field, and tells what and where: views, other fields that
 * are shown or required by it, stages that need it, the numbers of its kind.
 */
export const requireUnnamed = async (
  ctx: Ctx,
  entity: Entity,
  { name, kind }: Definition,
  others: readonly Definition[],
) => {
  const found = []
  for (const find of register.finders) found.push(await find(ctx, entity.name, name))
  const needing = summed(found.map((each) => each.needing))
  const showing = summed(found.map((each) => each.showing))
  const { locale } = ctx.actor
  const fields = others
    .filter(({ when }) => when?.field === name)
    .map(({ label }) => label[locale] || label.zh)
  const stages = await stagesNeeding(ctx, entity, name)
  const numbers = kind === 'serial'
  const used = [...needing.names, ...showing.names, ...fields, ...stages].length
  if (used + needing.others + showing.others === 0 && !numbers) return
  throw new AppError('conflict', 'field_in_use', {
    facts: {
      ...{ views: needing.names.join('、'), others: needing.others },
      ...{ columns: showing.names.join('、'), column_others: showing.others },
      ...{ fields: fields.join('、'), stages: stages.join('、') },
      numbers: numbers ? entity.label[locale] : '',
    },
  })
}

const summed = (list: readonly Uses[]): Uses => ({
  names: list.flatMap(({ names }) => names),
  others: list.reduce((sum, { others }) => sum + others, 0),
})

/** 阶段：成交; stages are asked for as an administrator shaped them, or as the program brings them. */
const stagesNeeding = async (ctx: Ctx, entity: Entity, name: string) => {
  const { locale } = ctx.actor
  const shaped = new Map((await machines(ctx)).map(({ id, machine }) => [id, machine]))
  return Object.entries(entity.fields).flatMap(([field, { label, machine }]) => {
    const stages = (shaped.get(`${entity.name}.${field}`) ?? machine)?.stages ?? []
    return stages
      .filter(({ needs }) => needs.includes(name))
      .map((stage) => `${label[locale]} ${stage.label[locale] || stage.label.zh}`)
  })
}
