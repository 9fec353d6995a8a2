import * as customFields from '../customFields/commands.ts'
import * as fieldQueries from '../customFields/queries.ts'
import { type Ctx, HOME } from '../database/ctx.ts'
import { addEntry } from '../dictionaries/commands.ts'
import { AppError } from '../errors/error.ts'
import type { Decisions } from './contract.ts'
import { mayGrow } from './decisions.ts'
import { targetsOf } from './mapping.ts'
import { importableOf } from './ports.ts'
import type { ImportRow } from './rows.ts'

/**
 * Makes the choices that were decided to be made, before the first row is written; from then on they
 * are decisions for a value. In the transaction that starts the run.
 */
export const makeChoices = async (ctx: Ctx, stored: ImportRow) => {
  const targets = targetsOf(ctx, importableOf(stored))
  const decisions: Decisions = { ...stored.decisions }
  let any = false
  for (const [path, words] of Object.entries(stored.decisions)) {
    const wanted = Object.entries(words).flatMap(([word, each]) => ('make' in each ? [word] : []))
    const target = targets.get(path)
    if (wanted.length === 0 || !stored.mapping.includes(path)) continue
    if (!target || !mayGrow(target.field) || !ctx.actor.reach('fields.manage'))
      throw new AppError('forbidden', 'choice_not_makeable')
    any = true
    const { dictionary } = target.field
    const made = dictionary
      ? await addEntries(ctx, dictionary, wanted)
      : await addChoices(ctx, `${target.entity.name}.${target.name}`, wanted)
    decisions[path] = {
      ...words,
      ...Object.fromEntries([...made].map(([word, value]) => [word, { to: value }])),
    }
  }
  if (!any) return
  await ctx.db
    .updateTable('import')
    .set({ decisions: JSON.stringify(decisions) })
    .where('customer_id', '=', HOME)
    .where('id', '=', stored.id)
    .execute()
}

const addEntries = async (ctx: Ctx, dictionary: string, words: readonly string[]) => {
  const made = new Map<string, string>()
  for (const word of words) made.set(word, await addEntry(ctx, dictionary, word))
  return made
}

const addChoices = async (ctx: Ctx, id: string, words: readonly string[]) => {
  const { definition, version } = await fieldQueries.find(ctx, id)
  const choices = [...(definition.choices ?? [])]
  const taken = new Set(choices.map(({ value }) => value))
  const made = new Map<string, string>()
  for (const word of words) {
    let at = choices.length + 1
    while (taken.has(`c${at}`)) at += 1
    taken.add(`c${at}`)
    choices.push({ value: `c${at}`, label: { zh: word.trim().slice(0, 40), en: '' } })
    made.set(word, `c${at}`)
  }
  await customFields.update(ctx, { id, version, definition: { ...definition, choices } })
  return made
}
