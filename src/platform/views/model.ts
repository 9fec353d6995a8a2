import * as z from 'zod/mini'
import { conditionShape } from '../conditions/condition.ts'
import { figureNames } from '../lists/groupable.ts'
import { soughtText } from '../search/sought.ts'

/** Narrower hides the heading, wider fills a screen. */
export const columnWidths = { least: 56, most: 800 }
export const kinds = ['table', 'board', 'calendar', 'chart'] as const

const name = z.string().check(z.regex(/^[a-z][a-z0-9_]{0,59}$/, 'field_unknown'))

const columnShape = z.strictObject({
  name,
  width: z.optional(
    z
      .number()
      .check(
        z.int('not_an_integer'),
        z.minimum(columnWidths.least, 'too_small'),
        z.maximum(columnWidths.most, 'too_large'),
      ),
  ),
  frozen: z.optional(z.boolean()),
})

/** More columns than this no table shows. */
export const columnsShape = z.array(columnShape).check(z.maxLength(100, 'too_long'))

/** What a view is: what is asked for, in which order and shape it shows. */
export const viewShape = z.strictObject({
  q: z.optional(soughtText),
  filter: z.optional(conditionShape),
  sort: z.optional(z.string().check(z.maxLength(60, 'too_long'))),
  columns: z.optional(columnsShape),
  kind: z.optional(z.enum(kinds)),
  /** The field by which a board or a chart groups, or the date of a calendar. */
  group: z.optional(name),
  /** The number that groups add up. */
  sum: z.optional(name),
  /** What a chart compares its groups by. */
  figure: z.optional(z.enum(figureNames)),
})

export type ViewKind = (typeof kinds)[number]
export type ListColumn = z.infer<typeof columnShape>
export type ViewDefinition = z.infer<typeof viewShape>

/** A saved view as its reader sees it. `shared_with`: 1 for everyone, else departments. */
export type SavedView = {
  id: string
  entity: string
  name: string
  owner_id: number
  shared_with: number[]
  definition: ViewDefinition
  version: number
  can: { edit: boolean }
}

/** How one person lays a list out: columns by view (`''`: the views that are built in). */
export type OwnSettings = {
  columns: Record<string, ListColumn[]>
  default_view: string | null
}
