import { sql } from 'kysely'
import * as departments from '#access/departments/commands.ts'
import * as people from '#access/people/commands.ts'
import * as posts from '#access/posts/commands.ts'
import * as roles from '#access/roles/commands.ts'
import { accounts } from '#platform/accounts/current.ts'
import type { Call, Maker } from './calls.ts'
import type { Firm, Member } from './firm.ts'
import { unique } from './unique.ts'

const newPerson: Maker = (firm) => {
  const username = unique()
  return people.create(firm.house.ctx, {
    ...{ username, name: username, password: 'long enough' },
    ...{ roles: ['reader'], department_id: firm.house.departments.top },
  })
}
const aRole = () => ({
  label: { zh: unique(), en: '' },
  description: '',
  default_scope: 'own' as const,
  departments: [],
  rights: {
    kinds: { '*': { view: 'own' as const } },
    keys: ['views.share'],
    levels: { internal: 'read', personal: 'masked', sensitive: 'hidden' } as const,
    fields: { 'customer.note': 'hidden' as const },
  },
})
const newRole: Maker = ({ house }) => roles.create(house.ctx, aRole())
const newPost: Maker = ({ house }) => posts.create(house.ctx, { name: unique(), roles: ['reader'] })
const newDepartment: Maker = (firm) =>
  departments.create(firm.house.ctx, { name: unique(), parent_id: firm.house.departments.top })

const newKey: Maker = async (firm, by) => {
  const { id } = await accounts().createKey((await accountOf(firm, by)) ?? '', 'one', undefined)
  return { id, version: 1 }
}

const accountOf = async ({ house }: Firm, { by }: Member) => {
  const people = house.db.selectFrom('person').select('auth_user_id')
  return (await people.where('id', '=', by.id).executeTakeFirstOrThrow()).auth_user_id
}
const newSession: Maker = async (firm, by) => {
  const id = unique()
  await sql`insert into auth.session (id, token, "userId", "expiresAt", "updatedAt")
    values (${id}, ${id}, ${await accountOf(firm, by)}, now() + interval '1 day', now())`.execute(
    firm.house.db,
  )
  return { id, version: 1 }
}
const newPasskey: Maker = async (firm, by) => {
  const id = unique()
  await sql`insert into auth.passkey (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp", "createdAt")
    values (${id}, '', ${await accountOf(firm, by)}, ${id}, 0, 'singleDevice', false, now())`.execute(
    firm.house.db,
  )
  return { id, version: 1 }
}
const ownPassword = async (_firm: Firm, { name }: Member) => ({
  body: { password: `${name}-password` },
})

const free = { kind: 'free' } as const
const ending = { ...free, endsSession: true } as const

/** How the endpoints of people, what they may do and how they sign in are called. */
export const accessCalls: Readonly<Record<string, Call>> = {
  'GET /setup': free,
  'POST /setup': {
    ...free,
    ok: 409,
    body: {
      ...{ code: 'x', organisation: '甲', name: '甲', username: 'first', password: 'long enough' },
      ...{ template: 'general', demo: false },
    },
  },
  'GET /session/ways': free,
  'POST /session': { ...free, body: { username: 'ann', password: 'ann-password' } },
  'POST /session/code': { ...free, ok: 401, body: { code: '000000' } },
  'POST /session/passkey/challenge': free,
  'POST /session/passkey': { ...free, ok: 401, body: { response: {} } },
  'POST /session/provider': { ...free, ok: 404 },
  'POST /session/provider/arrival': { ...free, ok: 404, body: { code: 'x', state: 'x' } },
  'DELETE /session': ending,
  'GET /sessions': free,
  'DELETE /sessions/:id': { kind: 'own', make: newSession },
  'DELETE /sessions': ending,
  'GET /sign-in-locks': free,
  'DELETE /people/:id/lock': { ...free, make: newPerson },
  'GET /me/factors': free,
  'POST /me/codes': { ...ending, fill: ownPassword },
  'PUT /me/codes': { ...ending, ok: 400, body: { code: '000000' } },
  'POST /me/codes/removal': { ...ending, fill: ownPassword },
  'POST /me/backup-codes': { ...ending, ok: 409, fill: ownPassword },
  'POST /me/passkeys/challenge': { ...ending, fill: ownPassword },
  'POST /me/passkeys': { ...ending, ok: 400, body: { name: 'one', response: {} } },
  'DELETE /me/passkeys/:id': { kind: 'own', make: newPasskey },
  'DELETE /people/:id/factors': { ...free, make: newPerson },
  'GET /people': free,
  'GET /people/:id/access': { ...free, make: newPerson },
  'GET /me/access': free,
  'POST /people': {
    ...free,
    fill: async ({ house }) => ({
      body: {
        ...{ username: unique(), name: '新人', password: 'long enough' },
        ...{ roles: ['staff'], department_id: house.departments.south },
      },
    }),
  },
  'PATCH /people/:id': { ...free, make: newPerson, body: { name: '改名' } },
  'GET /me': free,
  'PATCH /me': { ...free, body: { locale: 'zh' } },
  'PUT /me/password': { ...free, ok: 400, body: { current: 'wrong', next: 'long enough' } },
  'GET /departments': free,
  'POST /departments': {
    ...free,
    fill: async ({ house }) => ({ body: { name: unique(), parent_id: house.departments.top } }),
  },
  'PATCH /departments/:id': {
    ...free,
    make: newDepartment,
    fill: async () => ({ body: { name: unique() } }),
  },
  'DELETE /departments/:id': { ...free, make: newDepartment },
  'GET /roles': free,
  'POST /roles': { ...free, fill: async () => ({ body: aRole() }) },
  'PATCH /roles/:id': { ...free, make: newRole, body: { description: '改' } },
  'DELETE /roles/:id': { ...free, make: newRole },
  'GET /posts': free,
  'POST /posts': { ...free, fill: async () => ({ body: { name: unique(), roles: ['reader'] } }) },
  'PATCH /posts/:id': { ...free, make: newPost, body: { roles: ['staff'] } },
  'DELETE /posts/:id': { ...free, make: newPost },
  'GET /api-keys': free,
  'POST /api-keys': { ...free, body: { name: 'one' } },
  'DELETE /api-keys/:id': { kind: 'own', make: newKey },
}
