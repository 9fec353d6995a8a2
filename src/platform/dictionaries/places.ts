import type { Ctx } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import { fieldsWith } from '../fields/definition.ts'
import type { Choice, Fields, Label } from '../fields/field.ts'
import { brokenBy } from '../formulas/broken.ts'
import type { Use } from './uses.ts'

/** A choice of a field, where somebody may have named it. */
export type Named = { entity: string; field: string; value: string }
/** By what everybody may know the name of, and by how much else. */
type Finder = (ctx: Ctx, named: Named) => Promise<{ names: readonly string[]; others: number }>

const register: { finders: readonly Finder[] } = { finders: [] }

/** `choice.uses`: filled once by the application with whatever keeps conditions, such as saved views. */
export const fillChoiceUses = (finders: readonly Finder[]) => {
  register.finders = finders
}

/**
 * Refuses to drop a choice that something goes by, and says what: fields that are asked for only with
 * it, formulas that compare with it, conditions that are kept. Else they would never hold again.
 */
export const requireUnnamed = async (
  ctx: Ctx,
  uses: readonly Use[],
  gone: readonly Choice[],
  after: readonly Choice[],
  path: string,
) => {
  for (const use of uses) {
    const { definitions, before, then } = await fieldsAround(ctx, use, after)
    for (const { value, label } of gone) {
      const found = await Promise.all(
        register.finders.map((find) =>
          find(ctx, { entity: use.entity.name, field: use.name, value }),
        ),
      )
      const places = {
        fields: joined(Object.values(before).filter(({ when }) => asks(when, use.name, value))),
        formulas: joined(brokenBy(definitions, before, then)),
        views: found.flatMap(({ names }) => names).join('、'),
        others: found.reduce((sum, each) => sum + each.others, 0),
      }
      if (Object.values(places).some((each) => each !== '' && each !== 0))
        throw new AppError('conflict', 'choice_named', {
          errors: [{ path, reason: 'choice_named', values: { value: label.zh, ...places } }],
        })
    }
  }
}

/** The fields of the kind of record as they are, and as they would be with these choices. */
const fieldsAround = async (ctx: Ctx, { entity, name, field }: Use, after: readonly Choice[]) => {
  const stored = await ctx.db
    .selectFrom('custom_field')
    .select('definition')
    .where('entity', '=', entity.name)
    .where('deleted_at', 'is', null)
    .execute()
  const definitions = stored.map(({ definition }) => definition)
  const fields = fieldsWith(entity, definitions)
  // Formulas may compare with any words where a list is only offered; here only its own words count.
  const { open: _, ...closed } = field
  const before: Fields = { ...fields, [name]: closed }
  const then: Fields = { ...fields, [name]: { ...closed, choices: after } }
  return { definitions, before, then }
}

const asks = (when: Fields[string]['when'], field: string, value: string) =>
  when?.field === field && when.in.includes(value)

const joined = (named: readonly { label: Label }[]) => named.map(({ label }) => label.zh).join('、')
