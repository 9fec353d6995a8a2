import type { Ctx } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import type { Locale } from '../fields/field.ts'
import type { Directory } from '../fields/names.ts'

/** A kind of record that can be imported, and the kind below it that a row may bring along. */
export type Importable = {
  entity: Entity
  beside?: Entity
  /** The kind that its records stand below: a column of the table names theirs. */
  below?: Entity
  /** The table came with files that its rows name. */
  files?: boolean
}

/** What imports and exports must ask the floors above, filled once by the composition. */
type ImportPorts = {
  /** All people, active or not, and all departments, for the names in cells. */
  directory: (ctx: Pick<Ctx, 'db'>) => Promise<Directory>
  importable: readonly Importable[]
  /** What else hangs on a customer and keeps it, besides records and files: tables of the floors above. */
  hanging: readonly string[]
  /** A reason in the words that the pages have too. */
  say: (locale: Locale, refusal: Told) => string
}

type Told = { reason: string; values?: Record<string, string | number> | undefined }

const held: { ports?: ImportPorts } = {}

export const setImportPorts = (ports: ImportPorts) => {
  held.ports = ports
}

export const importPorts = (): ImportPorts => {
  if (!held.ports) throw new Error('No import ports are set')
  return held.ports
}

export const directoryOf = (ctx: Pick<Ctx, 'db'>): Promise<Directory> =>
  importPorts().directory(ctx)

export const importableNamed = (name: string): Importable => {
  const found = importPorts().importable.find(({ entity }) => entity.name === name)
  if (!found) throw new AppError('bad_input', 'entity_not_importable', { facts: { entity: name } })
  return found
}

/** The same for an import that was uploaded. */
export const importableOf = (stored: {
  entity: string
  archive_file_id: string | null
}): Importable => ({
  ...importableNamed(stored.entity),
  files: stored.archive_file_id !== null,
})
