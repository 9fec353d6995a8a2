import type { Field, Locale } from '../fields/field.ts'
import type { Db } from './database.ts'

/** What a person may do with a field: `masked` shows it shortened and allows no search or sort by it. */
export type Right = 'write' | 'read' | 'masked' | 'hidden'

/** Somebody moved: customers of theirs that still carry the department `from` count as those of `to`. */
export type Move = { owner: number; from: number; to: number }

/** Who asks, and how far each permission reaches. */
export type Actor = {
  /** null: the product itself, in its chores. */
  id: number | null
  name: string
  departmentId: number | null
  locale: Locale
  /** The principals whose rows a permission covers; undefined: not permitted. */
  reach: (permission: string) => readonly number[] | undefined
  /** The shares this person carries today, part of what `reach` gives where they count. */
  shares: { readable: readonly number[]; writable: readonly number[] }
  /** The moves whose customers a job is still bringing after; part of where those stand for everybody. */
  moves: readonly Move[]
  right: (entity: string, name: string, field: Field) => Right
}

/**
 * What every handler gets first. In a write `db` is the transaction. `now` is one instant for the
 * whole request, ISO 8601 in UTC.
 */
export type Ctx = {
  db: Db
  actor: Actor
  now: string
}

/** The standing principal that every live row carries: everyone in the organisation. */
export const everyone = 1

/** The firm's own record: internal tasks, imports and settings history stand under it. */
export const HOME = '00000000-0000-7000-8000-000000000001'

/** The product itself: sees and does everything, is nobody. */
export const system: Actor = {
  id: null,
  name: '系统',
  departmentId: null,
  locale: 'zh',
  reach: () => [everyone],
  shares: { readable: [], writable: [] },
  moves: [],
  right: () => 'write',
}

/** The day it is in the organisation's time zone, `2026-11-21`. */
export const today = (ctx: { now: string }, timeZone = 'Asia/Shanghai'): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(ctx.now))
