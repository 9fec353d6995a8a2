import type { Ctx } from '../database/ctx.ts'
import { AppError, type FieldError } from '../errors/error.ts'
import { type Entity, keyNames } from '../fields/entity.ts'
import { type Field, isList, isWritten } from '../fields/field.ts'
import { longHeading } from '../fields/headings.ts'
import { knownField, reads } from '../records/known.ts'
import { entityNamed } from '../records/registry.ts'
import { guessColumns } from '../tables/guessColumns.ts'
import { customerField, customerPath, waysTo } from './customerField.ts'
import { filesField, filesPath } from './filesField.ts'
import { foldTitle } from './heading.ts'
import type { Importable } from './ports.ts'
import { reasonHeadings } from './words.ts'

/** A field that a column may fill; `path` is its name, below the second entity with that before it. */
export type Target = {
  path: string
  entity: Entity
  name: string
  field: Field
  /** Recognises records but is never written, as a number that the product gives. */
  keyOnly: boolean
}

/** The fields that this person may fill by an import, by their path. */
export const targetsOf = (ctx: Ctx, importable: Importable): Map<string, Target> => {
  const { entity, beside, files } = importable
  const own = fieldsOf(ctx, entity, '')
  const others = beside ? fieldsOf(ctx, beside, `${beside.name}.`) : []
  const attached: Target[] =
    files && ctx.actor.reach('files.create')
      ? [{ path: filesPath, entity, name: filesPath, field: filesField, keyOnly: false }]
      : []
  return new Map(
    [...customerOf(ctx, importable), ...own, ...others, ...attached].map((target) => [
      target.path,
      target,
    ]),
  )
}

const customerOf = (ctx: Ctx, { entity, below }: Importable): Target[] => {
  if (!below) return []
  const ways = waysTo(below, (name, field) =>
    ['read', 'write'].includes(ctx.actor.right(below.name, name, field)),
  )
  const field = customerField(below, entity, ways)
  return [{ path: customerPath, entity, name: customerPath, field, keyOnly: false }]
}

/** All that headings of this import may be called, folded, to recognise the row that holds them. */
export const knownHeadings = (ctx: Ctx, importable: Importable): Set<string> =>
  new Set(
    [...targetsOf(ctx, importable).values()]
      .flatMap((target) =>
        target.entity === importable.entity ? headingsOf(target) : besideHeadings(target),
      )
      .map(foldTitle),
  )

/** Guesses the target of each column from its heading; null where none fits. */
export const guessMapping = (
  ctx: Ctx,
  importable: Importable,
  header: readonly string[],
): (string | null)[] => {
  const targets = [...targetsOf(ctx, importable).values()]
  const taken = new Set(
    targets.filter((each) => each.entity === importable.entity).flatMap(headingsOf),
  )
  const candidates = targets.map((target) => ({
    key: target.path,
    names:
      target.entity === importable.entity
        ? headingsOf(target)
        : besideHeadings(target).filter((heading) => !taken.has(heading)),
    many: target.path === customerPath ? ('same' as const) : mergeable(target),
  }))
  const guessed = guessColumns(header, candidates)
  return header.map((heading, index) =>
    reasonHeadings.includes(heading.trim()) ? null : (guessed[index] ?? null),
  )
}

/**
 * Refuses a mapping that names fields which do not exist, may not be written by this person, or are
 * filled twice. Several columns may fill one list (two phone columns) or one region.
 */
export const requireMapping = (
  ctx: Ctx,
  importable: Importable,
  header: readonly string[],
  mapping: readonly (string | null)[],
) => {
  if (mapping.length !== header.length)
    throw refusal([{ path: 'mapping', reason: 'mapping_length' }])
  const errors = mappingErrors(ctx, importable, mapping)
  if (errors.length > 0)
    throw refusal(errors.map(({ index, ...error }) => ({ path: `mapping.${index}`, ...error })))
}

/** What is wrong with a mapping, column by column. */
export const mappingErrors = (
  ctx: Ctx,
  importable: Importable,
  mapping: readonly (string | null)[],
) => {
  const targets = targetsOf(ctx, importable)
  const seen = new Set<string>()
  return mapping.flatMap((path, index) => {
    if (path === null) return []
    const target = targets.get(path)
    const at = (reason: string) => [{ index, reason, values: { field: path } }]
    if (!target) return at(whyNot(ctx, importable, path))
    if (seen.has(path) && !mergeable(target)) return at('field_mapped_twice')
    seen.add(path)
    return []
  })
}

/**
 * The first key of the entity that a column fills in most of the rows shown, else the first that one
 * fills at all: a code that hardly any row has recognises hardly any record.
 */
export const defaultKey = (
  entity: Entity,
  mapping: readonly (string | null)[],
  preview: readonly (readonly string[])[],
): string | null => {
  const mapped = keyNames(entity).filter((key) => mapping.includes(key))
  const isFilled = (key: string) => {
    const column = mapping.indexOf(key)
    return preview.filter((row) => row[column]?.trim()).length * 2 > preview.length
  }
  return mapped.find(isFilled) ?? mapped[0] ?? null
}

/**
 * Whether several columns may fill it: lists, a region written as province, city and county, and the
 * customer, of whom a table may tell the name and the number.
 */
export const mergeable = ({ path, field }: Pick<Target, 'path' | 'field'>) =>
  isList(field) || field.kind === 'region' || path === customerPath

const refusal = (errors: FieldError[]) => new AppError('bad_input', 'input_invalid', { errors })

const fieldsOf = (ctx: Ctx, entity: Entity, before: string): Target[] =>
  Object.entries<Field>(entity.fields).flatMap(([name, field]) => {
    if (field.kind === 'file' || (field.kind === 'reference' && before !== '')) return []
    if (field.kind === 'reference' && !isNamed(ctx, field)) return []
    const right = ctx.actor.right(entity.name, name, field)
    const brought = field.imported && ctx.actor.reach(`${entity.plural}.edit`) !== undefined
    const keyOnly = !isWritten(field) && !brought
    const allowed = keyOnly
      ? before === '' && keyNames(entity).includes(name) && (right === 'write' || right === 'read')
      : right === 'write'
    return allowed ? [{ path: `${before}${name}`, entity, name, field, keyOnly }] : []
  })

/** Whether a cell can say which record is meant: by its title, which this person must read plain. */
const isNamed = (ctx: Ctx, field: Field) => {
  if (!('to' in field) || typeof field.to !== 'string') return false
  const to = entityNamed(field.to)
  return !to.root && reads(ctx, to, to.title)
}

/** Files come with the record itself; a table holds at most their names. */
const whyNot = (ctx: Ctx, { entity, beside }: Importable, path: string) => {
  const isBeside = beside !== undefined && path.startsWith(`${beside.name}.`)
  const known = isBeside
    ? knownField(ctx, beside, path.slice(beside.name.length + 1))
    : knownField(ctx, entity, path)
  if (!known) return 'field_unknown'
  return known.field.kind === 'file' ? 'field_not_importable' : 'field_not_writable'
}

const headingsOf = ({ field, name, path }: Target): string[] => [
  ...new Set([field.label.zh, field.label.en, ...(field.aliases ?? []), name, path]),
  // As an export tells two fields of one label apart.
  ...(field.custom ? [longHeading(name, field, 'zh'), longHeading(name, field, 'en')] : []),
]

/** 联系人电话, Contact phones; the field that names the second record also by its own words. */
const besideHeadings = (target: Target): string[] => {
  const { entity, name } = target
  const prefixed = headingsOf(target).flatMap((heading) => [
    `${entity.label.zh}${heading}`,
    `${entity.label.en} ${heading}`,
  ])
  const plain = name === entity.title ? [entity.label.zh, entity.label.en] : []
  return [...plain, ...prefixed, ...headingsOf(target)]
}
