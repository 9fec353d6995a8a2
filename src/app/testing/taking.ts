import assert from 'node:assert/strict'
import { toCell } from '#platform/fields/cell.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { filesIn } from '#platform/fields/fileValue.ts'
import { mask } from '#platform/fields/mask.ts'
import type { Directory } from '#platform/fields/names.ts'
import { directoryOf } from '#platform/imports/ports.ts'
import { entityList } from '../house.ts'
import { shown } from './fieldPolicy.ts'
import { tableRows } from './importing.ts'
import type { Person, Planted, Row, Secrets } from './secrets.ts'
import type { Answer, Caller } from './testHouse.ts'
import { isCovered, pathTo, type walking } from './walking.ts'

const formats = ['csv', 'xlsx'] as const
/** Somebody whose file is looked at, or whose shows what the others are compared with. */
type Taker = { by: Caller; person?: Person }

/** What people take out of the house, or are told because others were there before them. */
export const taking = (
  { firm, secrets, planted, walkers, mixed }: Secrets,
  walk: ReturnType<typeof walking>,
) => {
  const { house } = firm
  const everybody: readonly Person[] = [...walkers, ...mixed]
  const secretsOf = (entity: Entity) => secrets.filter((secret) => secret.entity === entity)
  const absent = '01900000-0000-7000-8000-000000000000'

  /** As it is stored now, since others before this have changed some of it. */
  const renewed = async () => {
    for (const at of planted) {
      const answer = await house.root.call('GET', pathTo(at))
      assert.equal(answer.status, 200, `${at.entity.name} ${answer.raw}`)
      at.values = answer.body
    }
  }

  /** The files that were made in the background, cell by cell: every kind of record for every person. */
  const requireExports = async () => {
    await renewed()
    const takers: readonly Taker[] = [
      // Whoever sees all of it comes once for each format.
      ...[{ by: house.root }, { by: house.root }],
      ...everybody.map((person) => ({ by: person.by, person })),
    ]
    const begun = []
    for (const [nth, entity] of entityList.entries())
      for (const [at, { by, person }] of takers.entries()) {
        const format = formats[(nth + at) % 2] ?? 'csv'
        const named = secretsOf(entity).filter(
          (each) => !person || shown[person.rightTo(each)] !== 'absent',
        )
        const columns = [entity.title, ...named.map(({ name }) => name)]
        const ids = planted.filter((each) => each.entity === entity).map(({ id }) => id)
        const body = { columns, format, ids }
        const answer = await by.call('POST', `/${entity.plural}/exports`, { body })
        assert.equal(answer.status, 202, `${person?.name} ${answer.raw}`)
        const { id }: Row = answer.body
        begun.push({ id, by, person, entity, format, columns })
      }
    await house.work()
    const directory = await directoryOf(house)
    const plain = new Map<string, Cells>()
    for (const { id, by, person, entity, format, columns } of begun) {
      const answer = await by.call('GET', `/exports/${id}/content`)
      assert.equal(answer.status, 200, `${person?.name} ${answer.raw}`)
      const cells = cellsOf(columns, (await tableRows(answer.raw)).slice(1))
      if (!person) {
        plain.set(`${entity.name} ${format}`, cells)
        continue
      }
      const where = `${entity.plural} as ${format} for ${person.name}`
      assert.deepEqual(await walk.leaks(person, answer), [], where)
      const wanted = plain.get(`${entity.name} ${format}`)
      for (const at of planted.filter((each) => each.entity === entity))
        assert.deepEqual(
          cells.get(String(at.values[entity.title])),
          wanted && asTaken(person, at, wanted, directory),
          where,
        )
    }
  }

  /** A row of the plain file as this person takes it out. */
  const asTaken = (by: Person, at: Planted, plain: Cells, directory: Directory) => {
    const title = String(at.values[at.entity.title])
    const row: Record<string, string | undefined> = { [at.entity.title]: title }
    for (const secret of secretsOf(at.entity)) {
      const { name, field } = secret
      const how = shown[by.rightTo(secret)]
      if (how === 'plain') row[name] = plain.get(title)?.[name]
      if (how === 'covered')
        row[name] = toCell(field, mask(field, at.values[name]), directory, 'zh')
    }
    return row
  }

  /** What fields hold as files: to whoever may not see it plain as if there were no such file. */
  const requireFiles = async () => {
    for (const secret of secrets.filter(({ field }) => field.kind === 'file'))
      for (const { values, customer_id } of planted.filter((at) => at.entity === secret.entity))
        for (const by of everybody) {
          const [file] = filesIn(values[secret.name])
          assert.ok(file)
          const open = (id: string) =>
            by.by.call('GET', `/customers/${customer_id}/files/${id}/content`)
          const answer = await open(file.id)
          const where = `${secret.name} for ${by.name}`
          assert.deepEqual(await walk.leaks(by, answer), [], where)
          if (isCovered(by, secret)) assert.deepEqual(saidOf(answer), saidOf(await open(absent)))
          else assert.deepEqual([answer.status, answer.raw.toString()], [200, file.name], where)
        }
  }

  /**
   * What comes to those who listen while others change covered values, and to those who come too late
   * with a change of their own. Changes what is planted: nothing can be compared with it afterwards.
   */
  const requireMeanwhile = async () => {
    await renewed()
    const changing = entityList.flatMap((entity) => {
      const at = planted.findLast((each) => each.entity === entity)
      const own = secretsOf(entity).filter(
        ({ field }) => field.formula === undefined && field.kind !== 'file',
      )
      return at ? [{ at, own, before: at.values.version }] : []
    })
    const listening = { ended: false }
    const listeners = everybody.filter(({ name }) => /hidden|masked|mixed/.test(name))
    const lines = Promise.all(
      listeners.map((by) => by.by.call('GET', '/live', { query: { seconds: '5' } })),
    ).finally(() => {
      listening.ended = true
    })
    // Again and again, as nobody can tell when a line is open.
    for (let round = 0; round < 1 || !listening.ended; round += 1) {
      for (const { at, own } of changing) {
        const body = Object.fromEntries(
          own.map(({ name, one, other }) => [name, round % 2 === 0 ? one : other]),
        )
        const version = at.values.version
        const answer = await house.root.call('PATCH', pathTo(at), { body, version })
        assert.equal(answer.status, 200, answer.raw.toString())
        at.values = answer.body
      }
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    for (const [nth, answer] of (await lines).entries()) {
      const by = listeners[nth]
      assert.ok(by)
      assert.deepEqual(await walk.leaks(by, answer), [], by.name)
      const told = changing.some(({ at }) => answer.raw.includes(at.id))
      assert.ok(told, `${by.name} was told of nothing: ${answer.raw}`)
    }
    for (const { at, own, before } of changing)
      for (const by of everybody) {
        const body = { [at.entity.title]: '撞上' }
        const answer = await by.by.call('PATCH', pathTo(at), { body, version: before })
        const where = `a conflict about ${at.entity.name} for ${by.name}`
        assert.equal(answer.status, 412, where)
        assert.deepEqual(await walk.leaks(by, answer), [], where)
        const { facts }: { facts: { changed: string[]; current: Row } } = answer.body
        const known = own.filter((each) => shown[by.rightTo(each)] !== 'absent')
        assert.deepEqual(facts.changed, known.map(({ name }) => name).sort(), where)
        walk.requireShown(by, facts.current, where)
      }
  }

  return { requireExports, requireFiles, requireMeanwhile }
}

/** Cells by the title of their row, and then by field. */
type Cells = Map<string, Record<string, string | undefined>>

const cellsOf = (columns: readonly string[], rows: readonly string[][]): Cells =>
  new Map(
    rows.map((row) => [
      row[0] ?? '',
      Object.fromEntries(columns.map((name, place) => [name, row[place]])),
    ]),
  )

const saidOf = ({ status, body }: Answer) => [status, body]
