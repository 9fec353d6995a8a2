import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../database/database.ts'

/**
 * Opens a session of an account as the library would, without the hash of a password, which is slow on
 * purpose; gives the cookie that the browser would send.
 */
export const openSession = async (
  db: Db,
  account: { userId: string; secret: string; publicUrl?: string },
): Promise<string> => {
  const token = randomBytes(24).toString('base64url')
  await sql`insert into auth.session (id, "expiresAt", token, "createdAt", "updatedAt", "userId", "lastSeenAt")
    values (${randomUUID()}, now() + interval '14 days', ${token}, now(), now(), ${account.userId}, now())`.execute(
    db,
  )
  const signature = createHmac('sha256', account.secret).update(token).digest('base64')
  const prefix = account.publicUrl?.startsWith('https:') ? '__Secure-' : ''
  return `${prefix}zhike.session_token=${encodeURIComponent(`${token}.${signature}`)}`
}
