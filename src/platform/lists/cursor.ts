import { createHmac, timingSafeEqual } from 'node:crypto'
import { badField } from '../errors/error.ts'

/** Where a list goes on: the sort key and id of the last row, bound to the question that was asked. */
export type Cursor = { key: string; id: string }

const state = { secret: '' }
/** Cursors are signed with the installation's secret, so that nobody can make one up. */
export const setCursorSecret = (secret: string) => {
  state.secret = secret
}

export const writeCursor = (cursor: Cursor, question: string): string => {
  const body = Buffer.from(JSON.stringify([cursor.key, cursor.id])).toString('base64url')
  return `${body}.${sign(body, question)}`
}

/** Refuses a cursor of another list, another order or another filter. */
export const readCursor = (text: string, question: string): Cursor => {
  const [body = '', signature = ''] = text.split('.', 2)
  const expected = Buffer.from(sign(body, question))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw badField('after', 'cursor_not_of_this_list')
  const [key, id] = JSON.parse(Buffer.from(body, 'base64url').toString())
  return { key: String(key), id: String(id) }
}

const sign = (body: string, question: string) =>
  createHmac('sha256', state.secret).update(`${body}\n${question}`).digest('base64url').slice(0, 22)
