import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

type Customer = {
  id: string
  number: string
  name: string
  stage: string
  version: number
  phones: string[]
  owner_id: number | null
  can: { edit: boolean; delete: boolean }
  warnings: { path: string; reason: string }[]
}
type Problem = {
  status: number
  reason: string
  errors?: { path: string; reason: string }[]
  facts?: Record<string, unknown>
}

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const made = async (values: Record<string, unknown>, by = house.ann): Promise<Customer> => {
  const answer = await by.call('POST', '/customers', { body: { owner_id: by.id, ...values } })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}

const names = async (q: string, by = house.root): Promise<string[]> => {
  const answer = await by.call('GET', '/customers', { query: { q } })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return (answer.body as { items: Customer[] }).items.map((each) => each.name)
}

describe('a customer', () => {
  it('is made, stored with derived columns, an event and a search document, and answered', async () => {
    const body = await made({
      name: '重庆长安汽车销售有限公司',
      phones: ['138 0013 8000'],
      region: '500112',
    })
    assert.match(body.number, /^C\d{6}$/)
    assert.deepEqual(body.phones, ['13800138000'])
    assert.deepEqual(body.can, { edit: true, delete: false, transfer: true })
    const row = await house.db
      .selectFrom('customer')
      .selectAll()
      .where('id', '=', body.id)
      .executeTakeFirstOrThrow()
    assert.deepEqual(row.grants, [1, house.ann.id, house.departments.north])
    assert.equal(row.department_id, house.departments.north)
    const seen = await house.ann.call('GET', `/customers/${body.id}`)
    assert.equal(seen.status, 200)
    assert.equal(seen.headers.etag, '"1"')
  })

  it('is found by characters, pinyin, initials, phone digits, number', async () => {
    const body = await made({
      name: '曾记米粉长沙店',
      kind: 'organisation',
      phones: ['0731-88886666'],
      email: 'Zeng@Example.cn',
    })
    for (const q of [
      '长沙',
      '曾',
      '记米',
      'changsha',
      'zjmf',
      '88886666',
      '8888 6666',
      'zeng@example',
      body.number,
      '長沙',
    ])
      assert.ok((await names(q)).includes(body.name), `${q} finds it`)
    assert.ok(!(await names('沙长')).includes(body.name))
  })

  it('needs the version it was seen at, and says what somebody else changed', async () => {
    const body = await made({ name: '版本公司' })
    const path = `/customers/${body.id}`
    assert.equal((await house.ann.call('PATCH', path, { body: { note: 'a' } })).status, 428)
    assert.equal(
      (await house.ann.call('PATCH', path, { body: { note: 'a' }, version: 1 })).status,
      200,
    )
    const late = await house.ann.call('PATCH', path, { body: { note: 'b' }, version: 1 })
    assert.equal(late.status, 412)
    const problem: Problem = late.body
    assert.equal(problem.reason, 'record_changed')
    assert.deepEqual(problem.facts?.changed, ['note'])
    const row = await house.db
      .selectFrom('customer')
      .select('note')
      .where('id', '=', body.id)
      .executeTakeFirst()
    assert.equal(row?.note, 'a')
  })

  it('moves along its stages only', async () => {
    const body = await made({ name: '阶段公司' })
    const refused = await house.ann.call('PATCH', `/customers/${body.id}`, {
      body: { stage: 'dormant' },
      version: 1,
    })
    assert.equal(refused.status, 409)
    const moved = await house.ann.call('PATCH', `/customers/${body.id}`, {
      body: { stage: 'contacted' },
      version: 1,
    })
    assert.equal(moved.status, 200)
    assert.equal((moved.body as Customer).version, 2)
  })

  it('keeps a doubtful credit code and warns', async () => {
    const body = await made({ name: '代码公司', credit_code: '91350200MA2YJ1XR9H' })
    assert.deepEqual(
      body.warnings.map((each) => each.path),
      ['credit_code'],
    )
  })

  it('is seen within the scope, and nowhere else', async () => {
    const body = await made({ name: '北区客户甲', phones: ['13912345678'] })
    const path = `/customers/${body.id}`
    assert.equal((await house.eve.call('GET', path)).status, 404)
    assert.deepEqual(await names('北区客户甲', house.eve), [])
    assert.equal((await house.mei.call('GET', path)).status, 200)
    const read = await house.bob.call('GET', path)
    assert.equal(read.status, 200)
    assert.deepEqual((read.body as Customer).phones, ['139****5678'])
    assert.deepEqual((read.body as Customer).can, { edit: false, delete: false, transfer: false })
    assert.deepEqual(await names('13912345678', house.bob), [])
    assert.equal(
      (await house.bob.call('PATCH', path, { body: { note: 'x' }, version: 1 })).status,
      403,
    )
    assert.equal(
      (await house.eve.call('PATCH', path, { body: { note: 'x' }, version: 1 })).status,
      404,
    )
    const filter = { field: 'phones', is: 'has', value: '13912345678' }
    assert.equal((await house.bob.call('GET', '/customers', { query: { filter } })).status, 400)
  })

  it('is put away: no longer found, its history stays', async () => {
    const body = await made({ name: '将删除公司' }, house.root)
    assert.equal(
      (await house.root.call('DELETE', `/customers/${body.id}`, { version: 1 })).status,
      200,
    )
    assert.equal((await house.root.call('GET', `/customers/${body.id}`)).status, 404)
    assert.deepEqual(await names('将删除公司'), [])
  })

  it('is made once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'one' }
    const first = await house.ann.call('POST', '/customers', {
      body: { name: '幂等公司' },
      headers,
    })
    const second = await house.ann.call('POST', '/customers', {
      body: { name: '幂等公司' },
      headers,
    })
    assert.equal((second.body as Customer).id, (first.body as Customer).id)
    assert.equal(
      (await house.ann.call('POST', '/customers', { body: { name: '另一个' }, headers })).status,
      409,
    )
  })
})

describe('input', () => {
  const refused = async (body: Record<string, unknown>) => {
    const answer = await house.ann.call('POST', '/customers', { body })
    assert.equal(answer.status, 400)
    return (answer.body as Problem).errors
  }

  it('is refused by place and reason', async () => {
    assert.deepEqual(await refused({}), [{ path: 'name', reason: 'required' }])
    assert.deepEqual(await refused({ name: '甲', staff_count: 'many' }), [
      { path: 'staff_count', reason: 'not_a_number' },
    ])
    assert.deepEqual(await refused({ name: '甲', nick: 1 }), [
      { path: 'nick', reason: 'unknown_key' },
    ])
    assert.deepEqual(await refused({ name: '甲', birth_date: '2026-02-30' }), [
      { path: 'birth_date', reason: 'not_a_date' },
    ])
    assert.deepEqual(await refused({ name: '甲', number: 'C1' }), [
      { path: 'number', reason: 'unknown_key' },
    ])
    const query = await house.ann.call('GET', '/customers', { query: { page: '2' } })
    assert.deepEqual((query.body as Problem).errors, [{ path: 'page', reason: 'unknown_key' }])
  })
})

describe('the list', () => {
  it('pages each row once while others are inserted', async () => {
    for (let index = 0; index < 7; index++) await made({ name: `分页客户${index}`, tags: ['分页'] })
    const filter = { field: 'tags', is: 'has', value: '分页' }
    const seen: string[] = []
    let after: string | null | undefined
    do {
      const answer = await house.ann.call('GET', '/customers', {
        query: { filter, sort: 'name', limit: '3', ...(after && { after }) },
      })
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      const page: { items: Customer[]; next: string | null } = answer.body
      seen.push(...page.items.map((each) => each.name))
      after = page.next
      await made({ name: `分页客户0${seen.length}`, tags: ['分页'] })
    } while (after)
    for (let index = 0; index < 7; index++)
      assert.equal(seen.filter((name) => name === `分页客户${index}`).length, 1)
  })

  it('takes a fixed number of statements', async () => {
    const plain = await house.statements(() =>
      house.ann.call('GET', '/customers', { query: { limit: '50' } }),
    )
    const few = await house.statements(() =>
      house.ann.call('GET', '/customers', { query: { limit: '2' } }),
    )
    assert.equal(plain.sql.length, few.sql.length)
    assert.ok(plain.sql.length <= 6, plain.sql.join('\n---\n'))
  })

  it('counts what it shows', async () => {
    const filter = { field: 'tags', is: 'has', value: '分页' }
    const answer = await house.ann.call('GET', '/customers/count', { query: { filter } })
    const { count, more }: { count: number; more: boolean } = answer.body
    assert.equal(more, false)
    assert.ok(count >= 7)
    assert.equal(
      (
        (await house.eve.call('GET', '/customers/count', { query: { filter } })).body as {
          count: number
        }
      ).count,
      0,
    )
  })
})

describe('a filter by region', () => {
  it('finds everything below a province or a city', async () => {
    const body = await made({ name: '西湖区客户', region: '330106' })
    const found = async (value: string) => {
      const filter = { field: 'region', is: 'eq', value }
      const answer = await house.ann.call('GET', '/customers', { query: { filter } })
      return (answer.body as { items: Customer[] }).items.some((each) => each.id === body.id)
    }
    assert.deepEqual(
      await Promise.all(['330000', '330100', '330106', '330105', '320000'].map(found)),
      [true, true, true, false, false],
    )
  })
})
