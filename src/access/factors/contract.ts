import * as z from 'zod/mini'
import { done, endpoint, nothing } from '#platform/door/contract.ts'

const shown = z.strictObject({ password: z.string().check(z.maxLength(200, 'too_long')) })
const name = z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(60, 'too_long'))
const personId = z.pipe(z.string().check(z.regex(/^\d{1,9}$/, 'not_an_id')), z.transform(Number))
const backupCodes = z.array(z.string())
/** What the browser's `credentials.create` or `.get` gave, as its `toJSON` writes it. */
export const credential = z.record(z.string(), z.unknown())
/** Options for the browser's `credentials`; the library makes them after WebAuthn Level 3. */
export const challenge = z.object({ options: z.record(z.string(), z.unknown()) })

export const factors = {
  list: endpoint({
    method: 'GET',
    path: '/me/factors',
    permission: 'signed_in',
    summary: { zh: '我的动态码与通行密钥', en: 'My one-time codes and passkeys' },
    input: nothing,
    output: z.object({
      /** Whether sign-in asks for a one-time code. */
      code: z.boolean(),
      passkeys: z.array(z.object({ id: z.string(), name: z.string(), created_at: z.string() })),
    }),
  }),
  offerCodes: endpoint({
    method: 'POST',
    path: '/me/codes',
    permission: 'signed_in',
    summary: {
      zh: '动态码：取密钥与备用码，只显示一次',
      en: 'One-time codes: secret and backup codes, shown once',
    },
    input: shown,
    output: z.object({
      secret: z.string(),
      /** For the QR code (Key URI Format). */
      uri: z.string(),
      backup_codes: backupCodes,
    }),
    request: true,
    status: 201,
  }),
  confirmCodes: endpoint({
    method: 'PUT',
    path: '/me/codes',
    permission: 'signed_in',
    summary: { zh: '动态码：以第一个码启用', en: 'One-time codes: turn on with the first code' },
    input: z.strictObject({
      code: z.string().check(z.trim(), z.regex(/^\d{3} ?\d{3}$/, 'code_wrong')),
    }),
    output: done,
    request: true,
  }),
  endCodes: endpoint({
    method: 'POST',
    path: '/me/codes/removal',
    permission: 'signed_in',
    summary: { zh: '动态码：停用', en: 'One-time codes: turn off' },
    input: shown,
    output: done,
  }),
  newBackupCodes: endpoint({
    method: 'POST',
    path: '/me/backup-codes',
    permission: 'signed_in',
    summary: { zh: '备用码：换一组，旧的作废', en: 'Backup codes: a new set; the old ones end' },
    input: shown,
    output: z.object({ backup_codes: backupCodes }),
    request: true,
    status: 201,
  }),
  offerPasskey: endpoint({
    method: 'POST',
    path: '/me/passkeys/challenge',
    permission: 'signed_in',
    summary: { zh: '通行密钥：取挑战', en: 'Passkey: challenge' },
    input: shown,
    output: challenge,
    request: true,
  }),
  addPasskey: endpoint({
    method: 'POST',
    path: '/me/passkeys',
    permission: 'signed_in',
    summary: { zh: '通行密钥：登记', en: 'Create: passkey' },
    input: z.strictObject({ name, response: credential }),
    output: z.object({ id: z.string() }),
    request: true,
    status: 201,
  }),
  removePasskey: endpoint({
    method: 'DELETE',
    path: '/me/passkeys/:id',
    permission: 'signed_in',
    summary: { zh: '通行密钥：删除', en: 'Remove: passkey' },
    input: z.strictObject({ id: z.string().check(z.maxLength(100)) }),
    output: done,
  }),
  reset: endpoint({
    method: 'DELETE',
    path: '/people/:id/factors',
    permission: 'people.manage',
    summary: {
      zh: '人员：清除动态码与通行密钥，并全部退出',
      en: 'Person: remove codes and passkeys, end all sessions',
    },
    input: z.strictObject({ id: personId }),
    output: done,
  }),
}
