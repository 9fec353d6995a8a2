import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { Entity } from '../fields/entity.ts'
import type { SearchClass } from '../fields/field.ts'
import { entities, rootEntity } from '../records/registry.ts'
import { kindMark, searchClass, searched, searchedField } from '../records/searching.ts'
import { reachesAsFar, visible } from '../records/visible.ts'
import { type Alternative, queryOf } from '../search/query.ts'
import { estimates } from './estimate.ts'

type Sql = RawBuilder<unknown>

export type Found = {
  /** The keys of all rows that hold the rarest word, and others about as rare. */
  keys: Sql
  /** What is still to be asked of such a row, by its alias `t`: the words left. */
  others: Sql[]
  /** What is to be asked of any other row: all words. */
  all: Sql[]
  /** How many documents hold the rarest word, as the planner expects. */
  hits: number
  /** Which part of so many rows holds all words, as if none went with another. */
  share: (rows: number) => number
}

/** What of a kind leads to a row: these fields, of those who see the kind as far as `sight` says. */
type Part = {
  kind: Entity
  fields: Map<string, SearchClass>
  sight: ((alias: string) => Sql) | undefined
}

/**
 * What a search text finds in the list of a kind. A word finds a row by the row's own fields or, as
 * `wide` goes, by what its customer is called and numbered; a customer also by who and what belongs to it.
 * Only fields that the reader sees plain count, of kinds and customers within their sight. Rare texts go
 * by the token index; frequent ones, by the rarest token's estimate, never a product, row by row.
 */
export const found = async (ctx: Ctx, entity: Entity, q: string, wide: boolean): Promise<Found> => {
  const parts = (entity.root ? rootParts(ctx, entity) : childParts(ctx, entity, wide)).filter(
    ({ fields }) => fields.size > 0,
  )
  const classes = new Set(parts.flatMap(({ fields }) => [...fields.values()].map(spoken)))
  const words = queryOf(q, classes)?.allOf.map(({ anyOf }) => waysOf(parts, anyOf)) ?? []
  if (words.length === 0)
    return { keys: none, others: [sql`false`], all: [sql`false`], hits: 0, share: () => 0 }
  const expected = await rowsOf(ctx, words)
  const hits = Math.min(...expected)
  const isLookedUp = (place: number) => (expected[place] ?? 0) <= hits * lookedUp
  const held = words.map((ways) => holding(entity, ways))
  return {
    keys: sql.join(
      words.filter((_, place) => isLookedUp(place)).map((ways) => sql`(${keysOf(entity, ways)})`),
      sql` intersect `,
    ),
    others: held.filter((_, place) => !isLookedUp(place)),
    all: held,
    hits,
    share: (rows) => expected.reduce((share, hits) => share * Math.min(hits / rows, 1), 1),
  }
}

/** Another word is looked up as well where that finds so many times as much; asking a row costs three times a document. */
const lookedUp = 3

const rootParts = (ctx: Ctx, root: Entity): Part[] =>
  entities()
    .filter((kind) => ctx.actor.reach(`${kind.plural}.view`))
    .map((kind) => {
      const permission = `${kind.plural}.view`
      const own = kind.name === root.name
      return {
        kind,
        fields: plainFields(ctx, kind, (_, as) => own || as !== 'words'),
        sight: reachesAsFar(ctx, permission, `${root.plural}.view`)
          ? undefined
          : (alias) => visible(ctx, permission, alias),
      }
    })

const childParts = (ctx: Ctx, entity: Entity, wide: boolean): Part[] => {
  const root = rootEntity()
  const names = (name: string, as: SearchClass) => name === root.title || as === 'number'
  return [
    { kind: entity, fields: plainFields(ctx, entity, () => true), sight: undefined },
    ...(wide ? [{ kind: root, fields: plainFields(ctx, root, names), sight: undefined }] : []),
  ]
}

/** The searched fields of a kind that this person reads plain, with their classes. */
const plainFields = (
  ctx: Ctx,
  kind: Entity,
  counts: (name: string, as: SearchClass) => boolean,
): Map<string, SearchClass> => {
  const fields = new Map<string, SearchClass>()
  for (const name of searched(kind)) {
    const [field, as] = [kind.fields[name], searchClass(kind, name)]
    if (!field || !as || !counts(name, as)) continue
    const right = ctx.actor.right(kind.name, name, field)
    if (right !== 'masked' && right !== 'hidden') fields.set(name, as)
  }
  return fields
}

/** Words are looked for as names are. */
const spoken = (as: SearchClass) => (as === 'words' ? 'name' : as)

/** One way to hold a word: what to look for, in which fields of which kind. */
type Way = Part & { as: SearchClass; tokens: string[]; like: string[]; in: string[] }

const waysOf = (parts: readonly Part[], anyOf: readonly Alternative[]): Way[] =>
  parts.flatMap((part) =>
    anyOf.flatMap(({ class: as, tokens, like }) => {
      const names = [...part.fields.keys()].filter(
        (name) => spoken(part.fields.get(name) ?? 'words') === as,
      )
      if (names.length === 0) return []
      const mark = kindMark(part.kind)
      return {
        ...part,
        ...{ as, like, tokens: tokens.map((token) => mark + token) },
        in: names.map((name) => searchedField(part.kind, name)),
      }
    }),
  )

// What tells most at least cost comes first: rows asked one by one are mostly refused by their field.
const matching = ({ tokens, like, in: fields }: Way): Sql =>
  all([
    fields.length === 1 ? sql`s.field = ${fields[0]}` : sql`s.field = any(${fields}::text[])`,
    ...like.map((each) => sql`s.text like ${each}`),
    sql`s.tokens @> ${tokens}::text[]`,
  ])

/** The keys of the rows that a word finds: of a customer, of the row itself, of what its customer is called. */
const keysOf = (entity: Entity, ways: readonly Way[]): Sql => {
  const [own, others] = [true, false].map((is) => ways.filter((way) => is === isOf(entity, way)))
  if (entity.root) {
    const bound = ways.some(({ sight }) => sight)
      ? sql`join customer c on c.id = s.customer_id`
      : sql``
    return sql`select distinct s.customer_id as id from search_document s ${bound}
      where ${any(ways.map((way) => seenBy(way, 'c')))}`
  }
  const rows = sql`select s.customer_id, s.id from search_document s where ${any((own ?? []).map(matching))}`
  if (!others || others.length === 0) return rows
  return sql`${rows} union select r.customer_id, r.id
    from search_document s join ${sql.table(entity.name)} r on r.customer_id = s.customer_id
    where ${any(others.map(matching))}`
}

const isOf = (entity: Entity, { kind }: Way) => kind.name === entity.name

const seenBy = (way: Way, alias: string): Sql =>
  way.sight ? all([matching(way), way.sight(alias)]) : matching(way)

/** Whether the row `t` holds a word; asked by its key, which OFFSET keeps the planner to. */
const holding = (entity: Entity, ways: readonly Way[]): Sql => {
  const key = entity.root
    ? sql`s.customer_id = t.id`
    : sql`s.customer_id = t.customer_id and s.id in (t.id, t.customer_id)`
  const held = any(ways.map((way) => (entity.root ? seenBy(way, 't') : matching(way))))
  return sql`exists (select 1 from search_document s where ${key} and ${held} offset 0)`
}

/**
 * How many documents hold each word, by the rarest token of each way: multiplied selectivities call every
 * long name rare. A token that the statistics do not list is expected as often as one that nobody holds,
 * which of a large table is many times; it is taken for none, or a telephone number, which may stand in
 * so many fields, would be taken for frequent and looked for in every row.
 */
const rowsOf = async (ctx: Ctx, words: readonly (readonly Way[])[]): Promise<number[]> => {
  const distinct = [unheld, ...new Set(words.flat().flatMap(telling))]
  const rows = await estimates(
    ctx,
    distinct.map(
      (token) => sql`select 1 from search_document s where s.tokens @> ${[token]}::text[]`,
    ),
  )
  const [unlisted = 0] = rows
  const rowsWith = new Map(
    distinct.map((token, index) => {
      const expected = rows[index] ?? 0
      return [token, expected > unlisted ? expected : 0]
    }),
  )
  return words.map((ways) =>
    ways.reduce(
      (sum, way) => sum + Math.min(...telling(way).map((token) => rowsWith.get(token) ?? 0)),
      0,
    ),
  )
}

/** A token always has a mark and a letter, so this is none. */
const unheld = ''

/** The tokens worth an estimate: every pair of letters of a name, a few of what is told by its ends. */
const telling = ({ tokens, as }: Way): string[] => {
  if (as === 'name' || tokens.length <= 3) return tokens
  return tokens.filter((_, place) => [0, tokens.length >> 1, tokens.length - 1].includes(place))
}

const all = (list: Sql[]): Sql => sql`(${sql.join(list, sql` and `)})`
const any = (list: Sql[]): Sql =>
  list.length === 0 ? sql`false` : sql`(${sql.join(list, sql` or `)})`

const none = sql`select null::uuid as customer_id, null::uuid as id where false`
