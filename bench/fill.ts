import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { customer } from '#customers/customers/fields.ts'
import type { Db } from '#platform/database/database.ts'
import { documentsOf } from '#platform/records/searching.ts'
import { pinyinKey } from '#platform/search/pinyin.ts'

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任',
]
const given = [
  ...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建国华红晓宇欣怡梓涵浩博雨泽',
]
const places = [
  '北京',
  '上海',
  '重庆',
  '长沙',
  '长春',
  '厦门',
  '苏州',
  '杭州',
  '成都',
  '武汉',
  '西安',
  '青岛',
  '无锡',
  '宁波',
  '佛山',
]
const trades = [
  '科技',
  '贸易',
  '建材',
  '食品',
  '机械',
  '物流',
  '医药',
  '电子',
  '汽车服务',
  '文化传媒',
]
const batch = 5000

export type Filling = {
  count: number
  owners: readonly { id: number; department: number; share: number }[]
}

/** Fills the tables with customers of believable names, straight by SQL, and gives the seconds it took. */
export const fill = async (db: Db, { count, owners }: Filling): Promise<number> => {
  const started = performance.now()
  for (let start = 0; start < count; start += batch) {
    const size = Math.min(batch, count - start)
    const rows = someCustomers(start, size, owners)
    const documents = rows.flatMap((row) => documentsOf(customer, row))
    await sql`insert into customer select * from jsonb_populate_recordset(null::customer, ${JSON.stringify(rows)}::jsonb)`.execute(
      db,
    )
    await sql`insert into search_document
      select * from jsonb_populate_recordset(null::search_document, ${JSON.stringify(documents)}::jsonb)`.execute(
      db,
    )
  }
  await sql`insert into numbering_series (entity, period, last) values ('customer', '', ${count})
    on conflict (entity, period) do update set last = excluded.last`.execute(db)
  await sql`vacuum analyze customer, search_document`.execute(db)
  return (performance.now() - started) / 1000
}

/** Rows as the table holds them, numbered from `start`. */
export const someCustomers = (start: number, size: number, owners: Filling['owners']) =>
  Array.from({ length: size }, (_, index) => row(start + index, owners))

const row = (index: number, owners: Filling['owners']) => {
  const owner = ownerOf(index, owners)
  const person = index % 3 === 0
  const pick = <T>(list: readonly T[], salt: number): T => {
    const chosen = list[(index * 7919 + salt * 104_729) % list.length]
    if (chosen === undefined) throw new Error('An empty list')
    return chosen
  }
  const name = person
    ? `${pick(surnames, 1)}${pick(given, 2)}${pick(given, Math.floor(index / 97))}`
    : `${pick(places, Math.floor(index / 3))}${pick(given, 3)}${pick(given, Math.floor(index / 31))}${pick(trades, Math.floor(index / 11))}有限公司`
  const at = new Date(Date.UTC(2025, 0, 1) + ((index * 7919) % 31_000_000) * 1000).toISOString()
  return {
    id: randomUUIDv7(),
    number: `C${String(index + 1).padStart(6, '0')}`,
    kind: person ? 'person' : 'organisation',
    name,
    name_key: pinyinKey(name, { person }),
    stage: pick(['prospect', 'contacted', 'active', 'dormant', 'lost'], 5),
    owner_id: owner.id,
    department_id: owner.department,
    phones: [`1${3 + (index % 6)}${String((index * 7_654_321) % 1_000_000_000).padStart(9, '0')}`],
    tags: index % 10 === 0 ? ['重点'] : [],
    hobbies: [],
    habitual_brands: [],
    custom: {},
    last_contact_at: index % 4 === 0 ? null : at,
    version: 1,
    created_at: at,
    updated_at: at,
    grants: [1, owner.id, owner.department],
  }
}

const ownerOf = (index: number, owners: Filling['owners']) => {
  let at = (index * 2_654_435_761) % 1_000_000
  for (const owner of owners) {
    at -= owner.share * 1_000_000
    if (at < 0) return owner
  }
  const last = owners.at(-1)
  if (!last) throw new Error('Somebody must own the customers')
  return last
}
