import { stopEvery } from './skip.ts'
import type { Stops } from './stops.ts'

/** Rows of one page: a screen and a half, so that reading is ahead of scrolling. */
export const pageSize = 50

/** Where a page is read from: the rows behind a cursor but for those passed over. */
export type Start = { after: string; skip: number }
export type Starts = ReadonlyMap<number, Start>

export const firstStart: Starts = new Map([[0, { after: '', skip: 0 }]])

/** Which pages lie on the screen, and one on either side. */
export const pagesAround = (from: number, to: number, known: number): number[] => {
  const last = Math.max(Math.ceil(known / pageSize) - 1, 0)
  const first = Math.min(Math.max(Math.floor(from / pageSize) - 1, 0), last)
  const end = Math.min(Math.floor(to / pageSize) + 1, last)
  return Array.from({ length: Math.max(end - first + 1, 1) }, (_, at) => first + at)
}

/** The same with where each begins: as was told by the page before, else behind the nearest stop. */
export const startOf = (
  page: number,
  starts: Starts,
  stops: Stops | undefined,
): Start | undefined => {
  const told = starts.get(page)
  if (told || !stops) return told
  const rows = page * pageSize
  const passed = Math.min(Math.floor(rows / stopEvery), stops.after.length)
  const skip = rows - passed * stopEvery
  if (skip > stopEvery) return undefined
  return { after: passed === 0 ? '' : (stops.after[passed - 1] ?? ''), skip }
}

export type Told = { page: number; start: Start; begins: string | undefined; next: string | null }

/**
 * Where pages begin, by what those that have arrived say of the one after them. A page that was reached
 * by passing over rows stays as it was read while the one before it ends where it begins. `asked` are
 * the starts of pages that are on their way.
 */
export const follow = (starts: Starts, asked: Starts, told: readonly Told[]): Starts => {
  const result = new Map([...starts, ...asked])
  const begins = new Map(told.map((each) => [each.page, each]))
  for (const { page, next } of told) {
    if (next === null) {
      for (const later of result.keys()) if (later > page) result.delete(later)
      continue
    }
    const read = begins.get(page + 1)
    const here = result.get(page + 1) ?? read?.start
    const agrees = here && (here.skip === 0 ? here.after : read?.begins) === next
    // What is reached by passing over rows may still be on its way.
    const waits = here !== undefined && here.skip > 0 && read === undefined
    if (!agrees && !waits) result.set(page + 1, { after: next, skip: 0 })
  }
  return sameStarts(starts, result) ? starts : result
}

const sameStarts = (a: Starts, b: Starts) =>
  a.size === b.size &&
  [...b].every(([page, { after, skip }]) => {
    const before = a.get(page)
    return before?.after === after && before.skip === skip
  })
