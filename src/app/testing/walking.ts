import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Endpoint } from '#platform/door/contract.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { isList, isNullable } from '#platform/fields/field.ts'
import { mask } from '#platform/fields/mask.ts'
import { entityList, services } from '../house.ts'
import { type Call, calls } from './calls.ts'
import { operationOf } from './document.ts'
import { shown } from './fieldPolicy.ts'
import { tableRows } from './importing.ts'
import {
  type Person,
  type Planted,
  type Row,
  type Secret,
  type Secrets,
  tracesOf,
} from './secrets.ts'
import type { Answer, Options } from './testHouse.ts'

export const endpoints: Endpoint[] = services.flatMap(({ contract }) => Object.values(contract))
export const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`
export const callOf = (endpoint: Endpoint): Call => {
  const call = calls[nameOf(endpoint)]
  assert.ok(call, `${nameOf(endpoint)} is not known to the permission matrix`)
  return call
}
export const kindOf = ({ path }: Endpoint): Entity | undefined =>
  entityList.findLast(({ plural }) => path.split('/').includes(plural))
export const isCovered = (by: Person, secret: Secret) => shown[by.rightTo(secret)] !== 'plain'

/** Endpoints that tell of stored records, by what their contract says. */
export const tellsRecords = (endpoint: Endpoint) => {
  const makes = endpoint.method === 'POST' && !endpoint.path.endsWith('exact-match')
  const { responses } = operationOf(endpoint)
  return !makes && JSON.stringify(responses).includes('"warnings"')
}

export const pathTo = ({ entity, customer_id, id }: Planted) =>
  `${entity.root ? '' : `/customers/${customer_id}`}/${entity.plural}/${id}`

/** Calls endpoints as the permission matrix does, but at the planted records. */
export const walking = ({ firm, held, planted, one, secrets }: Secrets) => {
  const { house } = firm
  const versionOf = async (at: Planted) => {
    const { body }: { body: Row } = await house.root.call('GET', pathTo(at))
    return body.version
  }

  /** At a planted record wherever it is about one and does not put it away. */
  const addressOf = async (endpoint: Endpoint, by: Person) => {
    const call = callOf(endpoint)
    const entity = kindOf(endpoint)
    const stays = endpoint.method !== 'DELETE' && !endpoint.path.endsWith('/completion')
    if (
      call.kind === 'bound' &&
      entity &&
      stays &&
      endpoint.path.includes(`${entity.plural}/:id`)
    ) {
      const at = one(entity)
      return { customer_id: at.customer_id, id: at.id, version: await versionOf(at) }
    }
    const made =
      call.kind === 'bound'
        ? await call.make?.(firm, held)
        : 'make' in call
          ? await call.make?.(firm, by)
          : undefined
    return { customer_id: held.id, id: made?.id ?? held.id, version: made?.version ?? 1 }
  }

  const send = async (by: Person, endpoint: Endpoint, more: Options): Promise<Answer> => {
    const { customer_id, id, version } = await addressOf(endpoint, by)
    const call = callOf(endpoint)
    const filled = 'fill' in call ? await call.fill?.(firm, by) : {}
    const { query, body, raw } = { ...call, ...filled, ...more }
    // What is counted by the hour is not what is looked at here.
    if (/^.(session|me)/.test(endpoint.path))
      await sql`delete from auth."rateLimit"`.execute(house.db)
    if (/(plain-view|exact-match)$/.test(endpoint.path))
      await sql`delete from careful_count`.execute(house.db)
    const path = endpoint.path
      .replace(':customer_id', customer_id)
      .replace(':id', String(id))
      .replace(':entity', 'customer')
    const answer = await by.by.call(endpoint.method, path, {
      ...(query && { query }),
      ...(body !== undefined && { body }),
      ...(raw && { raw }),
      ...(endpoint.ifMatch && { version }),
    })
    if ('endsSession' in call && call.endsSession) by.by = await house.bySession(by.by)
    assert.ok(answer.status < 500, `${by.name} ${nameOf(endpoint)}: ${answer.raw}`)
    return answer
  }

  /** What of an answer its reader may not know: plain values, and what hidden added fields are called. */
  const leaks = async (by: Person, answer: Answer): Promise<string[]> => {
    const covered = secrets.filter((secret) => isCovered(by, secret))
    if (covered.length === 0) return []
    const text = await textOf(answer)
    const hidden = covered
      .filter((secret) => secret.field.custom && shown[by.rightTo(secret)] === 'absent')
      .flatMap(({ name, field }) => [name, field.label.zh])
    return [...covered.flatMap(tracesOf), ...hidden].filter((each) => text.includes(each))
  }

  /** Every record of an answer that was planted, wherever it stands in it. */
  const plantedIn = (value: unknown): Row[] => {
    if (value === null || typeof value !== 'object') return []
    const inside = Object.values(value).flatMap(plantedIn)
    if (!('warnings' in value && 'id' in value && 'version' in value)) return inside
    const { id, version } = value
    const known = planted.some((each) => each.id === id)
    return known ? [{ ...value, id: String(id), version: Number(version) }, ...inside] : inside
  }

  const asShown = (by: Person, secret: Secret, stored: Row) => {
    const { field, name } = secret
    const how = shown[by.rightTo(secret)]
    if (how === 'absent') return undefined
    const value = stored[name] ?? (isList(field) ? [] : null)
    if (how === 'plain') return value
    const covered = mask(field, value)
    return covered === null && !isNullable(field) ? undefined : covered
  }

  const requireShown = (by: Person, row: Row, where: string) => {
    const at = planted.find(({ id }) => id === row.id)
    assert.ok(at)
    for (const secret of secrets.filter(({ entity }) => entity === at.entity)) {
      const wanted = asShown(by, secret, at.values)
      assert.deepEqual(row[secret.name], wanted, `${where} ${by.name} ${secret.name}`)
    }
  }

  return { send, leaks, plantedIn, requireShown, versionOf }
}

/** All that an answer says, a workbook read cell by cell. */
const textOf = async ({ raw, headers }: Answer) =>
  /spreadsheetml/.test(String(headers['content-type']))
    ? JSON.stringify(await tableRows(raw))
    : raw.toString()
