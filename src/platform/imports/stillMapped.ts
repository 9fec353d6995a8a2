import type { Ctx } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import { mappingErrors } from './mapping.ts'
import type { Importable } from './ports.ts'
import { headingOf } from './reading.ts'
import type { ImportRow } from './rows.ts'

/**
 * Refuses an import that fills by a column what this person can fill no longer, or by a default what is
 * gone: a field may be retired, or the right to it taken, after the mapping was judged.
 */
export const requireStillMapped = (
  ctx: Ctx,
  importable: Importable,
  { header, mapping, defaults }: Pick<ImportRow, 'header' | 'mapping' | 'defaults'>,
) => {
  const [wrong] = mappingErrors(ctx, importable, mapping)
  const gone = Object.keys(defaults).find((name) => !Object.hasOwn(importable.entity.fields, name))
  const column = wrong ? headingOf(header, wrong.index) : gone
  if (column === undefined) return
  throw new AppError('conflict', 'import_field_gone', { facts: { column } })
}
