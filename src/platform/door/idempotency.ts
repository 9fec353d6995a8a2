import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import { keyedDigest } from '../encryption/encryption.ts'
import { AppError } from '../errors/error.ts'
import { canonical } from '../events/canonical.ts'
import type { Endpoint } from './contract.ts'
import type { Service } from './door.ts'

type Claim = { customer_id: string; id: string; same: boolean }

/**
 * A create that is sent twice with one `Idempotency-Key` happens once: the second call is answered
 * with the record that the first one made. The key belongs to the caller and the endpoint; with
 * another body it is refused. Two at the same moment: one meets the unique key (`isRepeat`) and is
 * answered when its transaction is tried again.
 */
export const repeated = async (
  ctx: Ctx,
  { endpoint, service }: { endpoint: Endpoint; service: Service },
  { key, input }: { key: string; input: Record<string, unknown> },
): Promise<unknown> => {
  if (key.length > 200) throw new AppError('bad_input', 'idempotency_key_too_long')
  const claimed = sha256(`${ctx.actor.id} ${endpoint.method} ${endpoint.path} ${key}`).toString(
    'hex',
  )
  // Keyed, as whoever has the rest of the input could else try the numbers that are encrypted.
  const digest = keyedDigest(canonical(input))
  const before = await sql<Claim>`select customer_id, id, digest = ${digest} as same from key_claim
    where kind = 'idempotency' and key = ${claimed}`.execute(ctx.db)
  const first = before.rows[0]
  if (first && !first.same) throw new AppError('conflict', 'idempotency_key_reused')
  const again = service.handlers[endpoint.repeats ?? '']
  if (first && again) return again(ctx, { customer_id: first.customer_id, id: first.id } as never)
  const create = Object.entries(service.contract).find(([, each]) => each === endpoint)?.[0] ?? ''
  const made = (await service.handlers[create]?.(ctx, input as never)) as {
    id: string
    customer_id?: string
  }
  await sql`insert into key_claim (kind, key, customer_id, id, digest, created_at)
    values ('idempotency', ${claimed}, ${made.customer_id ?? made.id}, ${made.id}, ${digest}, ${ctx.now})`.execute(
    ctx.db,
  )
  return made
}

/** The same key was claimed while this transaction ran. */
export const isRepeat = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'key_claim_pkey'

const sha256 = (text: string) => createHash('sha256').update(text).digest()
