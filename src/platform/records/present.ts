import type { Ctx } from '../database/ctx.ts'
import { isEncrypted, unreadable } from '../encryption/encryption.ts'
import type { Entity, RecordOf } from '../fields/entity.ts'
import { type Fields, isList, isNullable } from '../fields/field.ts'
import { filesIn } from '../fields/fileValue.ts'
import { mask } from '../fields/mask.ts'
import { warningOf } from '../fields/warnings.ts'
import { flat } from './custom.ts'
import { rootEntity } from './registry.ts'

type Can = { edit: boolean; delete: boolean; transfer: boolean }
type FieldWarning = {
  path: string
  reason: string
  values?: Record<string, string | number>
}
export type Presented<E extends { fields: Fields; root?: true }> = RecordOf<E> & {
  warnings: FieldWarning[]
  can: Can
}
/** A row as it comes from the database, with what the reader may do to it beside the columns. */
export type Stored = Record<string, unknown> & {
  can_edit?: boolean
  can_delete?: boolean
  can_transfer?: boolean
}

/**
 * A row as the reader may see it: hidden fields left out, masked ones shortened, doubts about values
 * told, and what the reader may do with it, so that no button repeats a rule.
 */
export const present = <E extends Entity>(ctx: Ctx, entity: E, stored: Stored): Presented<E> => {
  const row = flat(entity, stored)
  const shown: Record<string, unknown> = {}
  for (const name of systemColumns) if (name in row) shown[name] = row[name]
  if ('customer_name' in row) {
    const name = customerName(ctx, row.customer_name)
    if (name !== undefined) shown.customer_name = name
  }
  const warnings: FieldWarning[] = []
  for (const [name, field] of Object.entries(entity.fields)) {
    const right = ctx.actor.right(entity.name, name, field)
    if (right === 'hidden') continue
    const value = row[name] ?? (isList(field) ? [] : null)
    if (field.encrypted && isEncrypted(value)) {
      shown[name] = null
      warnings.push({ path: name, reason: unreadable(value) })
      continue
    }
    if (right === 'masked') {
      // What has no shortened form is left out where an answer must hold a value.
      const masked = mask(field, value)
      if (masked !== null || isNullable(field)) shown[name] = masked
      continue
    }
    shown[name] = field.kind === 'file' ? located(row, value) : value
    const warning = warningOf(field, row[name])
    if (warning) warnings.push({ path: name, ...warning })
  }
  return {
    ...shown,
    warnings,
    can: {
      edit: row.can_edit === true,
      delete: row.can_delete === true,
      transfer: row.can_transfer === true,
    },
  } as Presented<E>
}

/** How a customer is named to this reader in what belongs to it; undefined where it is hidden. */
export const customerName = (ctx: Ctx, name: unknown): string | undefined => {
  const root = rootEntity()
  const title = root.fields[root.title]
  const right = title ? ctx.actor.right(root.name, root.title, title) : 'hidden'
  if (!title || right === 'hidden') return undefined
  return String(right === 'masked' ? mask(title, name) : name)
}

/** Each file with the customer below whose address its content lies. */
const located = (row: Stored, value: unknown) =>
  filesIn(value).map((file) => ({ ...file, customer_id: row.customer_id ?? row.id }))

const systemColumns = [
  'id',
  'customer_id',
  'version',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
]
