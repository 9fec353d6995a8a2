import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { samePhoneKey } from '#platform/china/phone.ts'
import { corpus } from './corpus.ts'
import { fold } from './fold.ts'
import type { SearchClass } from './marks.ts'
import { pinyinKey, readings } from './pinyin.ts'
import { queryOf } from './query.ts'
import { documentOf, type SearchDocument } from './tokens.ts'

// All of Unicode, the plain letters often, lone surrogates too.
const letter = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10ffff))
  .map((code) => String.fromCodePoint(code))

const every = new Set<SearchClass>(['name', 'phone', 'email', 'number', 'code'])
const stored = corpus.map((entry) => ({ ...entry, document: documentOf(entry.parts) }))

// What PostgreSQL does with `tokens @> …` and `text like … escape '\'`.
const matches = (
  document: SearchDocument,
  q: string,
  allowed: ReadonlySet<SearchClass> = every,
) => {
  const query = queryOf(q, allowed)
  assert.ok(query, `nothing asked by ${JSON.stringify(q)}`)
  return query.allOf.every((group) =>
    group.anyOf.some(
      (way) =>
        way.tokens.every((token) => document.tokens.includes(token)) &&
        way.like.every((pattern) => like(document.text, pattern)),
    ),
  )
}

const like = (text: string, pattern: string) => {
  const source = pattern.replace(/\\(.)|([%_])|([^\\%_])/gsu, (_, escaped, wild, letter) => {
    if (wild) return wild === '%' ? '.*' : '.'
    return String(escaped ?? letter).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${source}$`, 'su').test(text)
}

const found = (q: string, allowed?: ReadonlySet<SearchClass>) =>
  stored.filter((entry) => matches(entry.document, q, allowed)).map((entry) => entry.name)

/** Exactly these entries, each named by the beginning of its name. */
const exactly = (q: string, ...beginnings: string[]) => {
  const names = found(q)
  assert.equal(names.length, beginnings.length, `${q}: ${names.join(' ')}`)
  for (const beginning of beginnings) {
    assert.ok(
      names.some((name) => name.startsWith(beginning)),
      `${q} misses ${beginning}`,
    )
  }
}

test('a shop called after a person, also behind a place', () => {
  const said = (name: string, person = false) =>
    readings(name, { person }).map(({ syllables }) => syllables.join(''))
  for (const [name, first] of [
    ['曾记火锅', 'zengjihuoguo'],
    ['重庆曾记火锅', 'chongqingzengjihuoguo'],
    ['长沙单记商行', 'changshashanjishanghang'],
    ['登记代办', 'dengjidaiban'],
  ] as const)
    assert.equal(said(name)[0], first, name)
  // Whoever stores a name may not know whose it is.
  assert.ok(said('重庆曾记火锅', true).includes('chongqingzengjihuoguo'))
  assert.ok(said('重庆曾记火锅').includes('chongqingcengjihuoguo'), 'the ordinary reading too')
})

test('Chinese characters anywhere in a name', () => {
  exactly('重庆', '重庆长安', '王重庆')
  exactly('长安', '重庆长安', '长安4S店', '林长安')
  exactly('汽车修理', '第一汽车修理厂2', '第一汽车修理厂10')
  exactly(
    '厂',
    '乐清',
    '番禺',
    '第一汽车修理厂2',
    '第一汽车修理厂10',
    '佛山',
    '苏州',
    '东莞',
    '海口',
    '太原',
    '拉萨',
  )
  exactly('鹭', '厦门')
  exactly('安长')
  exactly('重长')
})

test('surnames by their own reading and by the ordinary one', () => {
  exactly('shanxiongwei', '单雄伟')
  exactly('danxiongwei', '单雄伟')
  exactly('zengguo', '曾国强')
  exactly('qiuyingjie', '仇英杰')
  exactly('ouzhiming', '区志明')
  exactly('xiexiaodong', '解晓东')
  exactly('zhaliwen', '查理文')
  exactly('getiancheng', '盖天成')
  exactly('gaitiancheng', '盖天成')
  exactly('linghu', '令狐冲虚')
  exactly('ouyang', '欧阳娜')
  exactly('yuchi', '尉迟敬')
  exactly('moqi', '万俟宁')
  exactly('tantai', '澹台静')
  exactly('qinhai', '覃海洋')
  exactly('tanhai', '覃海洋')
  exactly('piaozheng', '朴正浩')
  exactly('miaoxiaomin', '缪小敏')
  exactly('yuejia', '乐嘉欣')
})

test('place names and words by their reading', () => {
  exactly('chongqing', '重庆长安', '王重庆')
  exactly('zhongqing')
  exactly('changsha', '长沙')
  exactly('changchun', '长春')
  exactly('xiamen', '厦门')
  exactly('leshan', '乐山')
  exactly('yueqing', '乐清')
  exactly('bengbu', '蚌埠')
  exactly('luan', '六安')
  exactly('bozhou', '亳州')
  exactly('panyu', '番禺')
  exactly('shanxian', '单县')
  exactly('zengdu', '曾都')
  exactly('minhang', '上海闵行')
  exactly('kashi', '喀什')
  exactly('chehang', '鑫源车行')
  exactly('ejiao', '东阿阿胶')
  exactly('kuaiji', '济南')
  exactly('zhonggong', '大连重工')
  exactly('qianyuan', '乾元')
  exactly('zangyao', '拉萨')
  exactly('tangxia', '东莞')
})

test('pinyin as people type it', () => {
  for (const q of [
    'chongqingchangan',
    'chong qing chang an',
    "chongqing chang'an",
    'CHONGQING',
    'chongq',
  ]) {
    assert.ok(found(q).includes('重庆长安汽车销售有限公司'), q)
  }
  exactly('zhāngsān', '张三丰', 'Zhang San')
  exactly('lvliang', '吕梁')
  exactly('lüliang', '吕梁')
  exactly('lyuliang', '吕梁')
  exactly('lvelv')
  exactly('lvezhi', '北京略知')
  exactly('luezhi', '北京略知')
  exactly('xianfeng', '西安先锋')
  // Not at the start of a syllable, or not next to each other.
  exactly('hongqing')
  exactly('chongchang')
})

test('initials, also mixed with Chinese and Latin', () => {
  exactly('cqca', '重庆长安')
  exactly('zgyjy', 'IBM中国')
  exactly('ibmzg', 'IBM中国')
  exactly('tclkj', 'TCL')
  exactly('ca4sd', '长安4S店')
  exactly('zsf', '张三丰', '福州三坊')
  exactly('sxw', '单雄伟')
  exactly('zgq', '曾国强', '大连重工')
  exactly('重庆ca', '重庆长安')
  exactly('重庆changan', '重庆长安')
  exactly('zhang三', '张三丰')
  exactly('阿里bb', '阿里巴巴')
})

test('traditional and simplified, full and half width, case and accents', () => {
  exactly('台湾积体电路', '臺灣積體')
  exactly('臺灣積體電路', '臺灣積體')
  exactly('積體', '臺灣積體')
  exactly('taiwanjiti', '臺灣積體')
  exactly('國際', '厦门', '国际航空')
  exactly('長安', '重庆长安', '长安4S店', '林长安')
  exactly('叶问', '葉問天')
  exactly('诸葛', '諸葛亮明')
  exactly('干元', '乾元')
  exactly('abc', 'ＡＢＣ')
  exactly('ａｂｃ', 'ＡＢＣ')
  exactly('AbC广告', 'ＡＢＣ')
  exactly('microSOFT', 'Microsoft')
  exactly('soft', 'Microsoft')
  exactly('muller', "O'Brien Müller")
  exactly('garcía', 'José García')
  exactly('jose garcia', 'José García')
})

test('blanks and signs in names and queries do not count', () => {
  exactly('阿里巴巴中国', '阿里巴巴')
  exactly('阿里巴巴(中国)网络', '阿里巴巴')
  exactly('买买提', '阿卜杜拉')
  exactly('阿卜杜拉买买提', '阿卜杜拉')
  exactly('obrien', "O'Brien")
  exactly('2号店', '第一汽车修理厂2')
})

test('two words must both match, in any order', () => {
  exactly('长安 重庆', '重庆长安')
  exactly('xihu 茶叶', '杭州西湖')
  exactly('张 1850018', '张三丰')
  exactly('张 85020', '张三丰')
  exactly('san zhang', '张三丰', 'Zhang San')
  exactly('重庆 长沙')
  exactly('8612 8615')
  exactly('0571 8502', '阿里巴巴')
})

test('phones however typed, by any four digits on', () => {
  for (const q of [
    '18500185020',
    '185 0018 5020',
    '185-0018-5020',
    '+86 185 0018 5020',
    '8618500185020',
  ]) {
    exactly(q, '张三丰')
  }
  exactly('１８５００１８５０２０', '张三丰')
  exactly('（0571）8502 2088', '阿里巴巴')
  exactly('+86 571 8502 2088', '阿里巴巴')
  exactly('0571-85022088转801')
  exactly('0018 502', '张三丰')
  exactly('8502', '阿里巴巴', '张三丰')
  exactly('400 820 3800', 'Microsoft')
  exactly('+1 415 555', "O'Brien")
  exactly('001 415 555', "O'Brien")
  exactly('563 6688', '臺灣積體')
  exactly('9999 0000')
})

test('record number, e-mail and credit code', () => {
  exactly('KH-000036', '第一汽车修理厂10')
  exactly('kh000036', '第一汽车修理厂10')
  exactly('000036', '第一汽车修理厂10')
  exactly('64', '福州')
  exactly('sanfeng', '张三丰')
  exactly('zhang.san', '张三丰', 'Zhang San')
  exactly('ou-zm@', '区志明')
  exactly('ou_zm')
  exactly('@example.org', "O'Brien", 'José García')
  exactly('91350200', '重庆长安')
  exactly('ma2yj1xr9g', '重庆长安')
  exactly('ＭＡ２ＹＪＩＸＲ9G', '重庆长安')
})

test('a kind that is not allowed contributes nothing', () => {
  const names = new Set<SearchClass>(['name'])
  assert.deepEqual(found('18500185020', names), [])
  assert.deepEqual(found('91350200', names), [])
  assert.deepEqual(found('@example.org', names), [])
  assert.deepEqual(found('张 85020', names), [])
  assert.deepEqual(found('张三丰', new Set<SearchClass>(['phone', 'email'])), [])
  assert.deepEqual(found('zhangwei', new Set<SearchClass>(['email'])), ['张伟'])
  assert.deepEqual(found('张', names).length, 2)
  assert.deepEqual(queryOf('张三', new Set()), { allOf: [{ anyOf: [] }] })
})

test('nothing asked is undefined, too short finds short values only', () => {
  for (const q of ['', '   ', '%', '_', '\\', '（）', '\u200b'])
    assert.equal(queryOf(q, every), undefined)
  const phone = documentOf([{ class: 'phone', text: '110' }])
  assert.ok(matches(phone, '110'))
  assert.ok(!matches(phone, '11'))
  assert.ok(!matches(documentOf([{ class: 'phone', text: '13800138000' }]), '138'))
})

test('signs of LIKE are ordinary letters', () => {
  const document = documentOf([{ class: 'email', text: 'first_last@example.com' }])
  assert.ok(matches(document, 'first_last'))
  assert.ok(
    !matches(documentOf([{ class: 'email', text: 'firstxlast@example.com' }]), 'first_last'),
  )
})

const entries = fc.constantFrom(...stored)
const span = fc.tuple(fc.nat(), fc.nat())
/** A run of items between two places drawn at random. */
const runOf = <T>(items: readonly T[], [one, other]: [number, number], least = 1): T[] => {
  const from = one % Math.max(items.length - least + 1, 1)
  return items.slice(from, from + least + (other % Math.max(items.length - from - least + 1, 1)))
}

test('every run of characters of a name finds it, in any case, width or script', () => {
  fc.assert(
    fc.property(entries, span, (entry, where) => {
      const letters = [...entry.name].filter((letter) => /[\p{L}\p{N}]/u.test(letter))
      const run = runOf(letters, where).join('')
      const wide = run.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
      for (const q of [run, run.toUpperCase(), wide, fold(run)]) {
        assert.ok(matches(entry.document, q), `${q} misses ${entry.name}`)
      }
    }),
    { numRuns: 1000 },
  )
})

test('every run of syllables and of initials finds the name, with or without blanks', () => {
  fc.assert(
    fc.property(entries, span, fc.nat(5), (entry, where, cut) => {
      fc.pre(/\p{Script=Han}/u.test(entry.name))
      for (const reading of readings(entry.name, entry)) {
        const run = runOf(reading.syllables, where)
        const typed = run.join('').slice(0, run.join('').length - (cut % (run.at(-1)?.length ?? 1)))
        const initials = runOf([...reading.initials], where).join('')
        for (const q of [run.join(''), run.join(' '), typed, initials]) {
          assert.ok(matches(entry.document, q), `${q} misses ${entry.name}`)
        }
      }
    }),
    { numRuns: 1000 },
  )
})

test('every run of four digits or more of a phone finds it, however parted', () => {
  const separators = fc.array(fc.constantFrom('', '', '-', ' ', '.'), {
    minLength: 14,
    maxLength: 14,
  })
  fc.assert(
    fc.property(entries, span, separators, (entry, where, between) => {
      const phone = entry.parts.find((part) => part.class === 'phone')?.text ?? ''
      const run = runOf([...samePhoneKey(phone)], where, 4)
      const parted = run.map((digit, place) => digit + between[place]).join('')
      for (const q of [run.join(''), parted]) {
        assert.ok(matches(entry.document, q), `${q} misses ${phone}`)
      }
    }),
    { numRuns: 1000 },
  )
})

test('documents stay bounded and can be stored, queries never fail', () => {
  const parts = fc.record({
    class: fc.constantFrom<SearchClass>(...every),
    text: fc.string({ unit: letter, maxLength: 300 }),
    person: fc.boolean(),
  })
  fc.assert(
    fc.property(parts, (part) => {
      const document = documentOf([part])
      const strings = [document.text, ...document.tokens]
      assert.ok(strings.every((text) => text.isWellFormed() && !text.includes('\0')))
      assert.equal(new Set(document.tokens).size, document.tokens.length)
      if (queryOf(part.text, every)) matches(document, part.text)
      assert.ok(Buffer.byteLength(pinyinKey(part.text, part)) < 1000)
    }),
  )
  const essay = [...Array(5000).keys()].map((place) => String.fromCodePoint(0x4e00 + place * 4))
  const document = documentOf([{ class: 'name', text: essay.join('') }])
  assert.ok(document.tokens.length < 1000 && document.text.length < 1500)
})

test('names sort by sound: numbers by value, Latin, then Chinese with equal surnames together', () => {
  const order = [
    '2号店',
    '10号店',
    'Apple',
    'TCL',
    '阿里',
    '长安',
    '重庆',
    '单雄',
    '西安',
    '先锋',
    '曾国',
    '张三',
    '张五',
    '章四',
  ]
  const person = new Set(['单雄', '曾国', '张三', '张五', '章四'])
  const key = (name: string) => pinyinKey(name, { person: person.has(name) })
  const sorted = order
    .toReversed()
    .sort((one, other) => Buffer.compare(Buffer.from(key(one)), Buffer.from(key(other))))
  assert.deepEqual(sorted, order)
  assert.equal(pinyinKey('', { person: false }), '')
})
