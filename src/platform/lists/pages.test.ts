import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  firstStart,
  follow,
  pageSize,
  pagesAround,
  type Starts,
  startOf,
  type Told,
} from './pages.ts'

const at = (after: string, skip = 0) => ({ after, skip })
const told = (page: number, next: string | null, start = at('?'), begins?: string): Told => ({
  ...{ page, start, begins, next },
})
const stops = { total: 2345, after: ['row 1000', 'row 2000'] }

describe('the pages of a list', () => {
  it('begin behind the stop before them, and pass over less than lies between two', () => {
    assert.deepEqual(startOf(0, firstStart, stops), at(''))
    assert.deepEqual(startOf(7, firstStart, stops), at('', 350))
    assert.deepEqual(startOf(20, firstStart, stops), at('row 1000'))
    assert.deepEqual(startOf(46, firstStart, stops), at('row 2000', 300))
    assert.equal(startOf(7, firstStart, undefined), undefined)
    assert.equal(startOf(900, firstStart, stops), undefined, 'far behind the last stop')
  })

  it('that are read one after the other begin where the one before ends', () => {
    const starts = follow(firstStart, firstStart, [told(0, 'fifty', at(''))])
    assert.deepEqual(
      [...starts],
      [
        [0, at('')],
        [1, at('fifty')],
      ],
    )
    const same = follow(starts, new Map(), [told(0, 'fifty', at(''))])
    assert.equal(same, starts, 'nothing is drawn anew')
  })

  it('stay as they were reached while the one before ends there, and are read anew when it does not', () => {
    const asked: Starts = new Map([
      [7, at('', 350)],
      [8, at('', 400)],
    ])
    const first = follow(firstStart, asked, [told(7, 'd', at('', 350), 'c')])
    assert.deepEqual(first.get(8), at('', 400), 'it is on its way')
    const both = [told(7, 'd', at('', 350), 'c'), told(8, 'e', at('', 400), 'd')]
    assert.deepEqual(follow(first, asked, both).get(8), at('', 400))
    const moved = [told(7, 'd2', at('', 350), 'c2'), told(8, 'e', at('', 400), 'd')]
    assert.deepEqual(follow(first, asked, moved).get(8), at('d2'))
  })

  it('end where a page says so', () => {
    const starts: Starts = new Map([...firstStart, [1, at('a')], [2, at('b')]])
    assert.deepEqual([...follow(starts, new Map(), [told(1, null, at('a'))]).keys()], [0, 1])
  })

  it('are those of the screen and one on either side, within the list', () => {
    const place = fc.nat(99_999)
    fc.assert(
      fc.property(place, fc.nat(60), fc.nat(100_000), (from, screen, known) => {
        const pages = pagesAround(from, from + screen, known)
        assert.ok(pages.length >= 1 && pages.length <= 5)
        for (const page of pages) assert.ok(page >= 0 && (page === 0 || page * pageSize < known))
        const end = Math.min(from + screen, known - 1)
        if (from < known) assert.ok(pages.includes(Math.floor(end / pageSize)))
        if (from < known) assert.ok(pages.includes(Math.floor(from / pageSize)))
      }),
    )
  })
})
