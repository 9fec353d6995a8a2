import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byDay, inRuns, type Told } from './order.ts'

const event = (id: string, at: string): Told => ({
  type: 'event',
  at,
  event: {
    id,
    kind: 'customer.updated',
    actor_id: 1,
    subject_kind: 'customer',
    subject_id: 'c',
    payload: {},
  },
})
const note = (key: string, at: string): Told => ({
  type: 'note',
  at,
  note: {
    key,
    at,
    draft: {
      channel: 'call',
      direction: 'out',
      summary: key,
      contact_id: null,
      at: null,
      next: '',
      day: null,
      files: [],
      added: {},
      nextAdded: {},
    },
  },
})

test('entries of a day stand under one heading, in their order', () => {
  const told = [
    note('c', '2026-11-21T08:00:00Z'),
    note('b', '2026-11-21T01:00:00Z'),
    note('a', '2026-11-20T23:00:00Z'),
  ]
  const days = byDay(told, (at) => at.slice(0, 10))
  assert.deepEqual(
    days.map(({ day, entries }) => [day, entries.length]),
    [
      ['2026-11-21', 2],
      ['2026-11-20', 1],
    ],
  )
  assert.equal(days[0]?.entries[0], told[0])
})

test('events gather in runs, words part them', () => {
  const at = '2026-11-21T08:00:00Z'
  const parts = inRuns([event('1', at), event('2', at), note('said', at), event('3', at)])
  const shape = parts.map((part) => ('events' in part ? part.events.length : part.type))
  assert.deepEqual(shape, [2, 'note', 1])
  assert.deepEqual(inRuns([]), [])
})
