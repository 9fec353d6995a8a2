import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findRegion, regionByName, regionPath, regions } from './regions.ts'

const byCode = new Map(regions().map((region) => [region.code, region]))

test('the table is a tree of three levels with initials', () => {
  assert.equal(regions().filter((region) => region.level === 1).length, 34)
  for (const region of regions()) {
    const parent = byCode.get(region.parent ?? '')
    assert.equal(parent?.level ?? 0, region.level - 1, region.code)
    assert.match(region.initials, /^[a-z]{1,16}$/, region.name)
  }
  const initials = (code: string) => byCode.get(code)?.initials
  assert.deepEqual(['330106', '500000', '371722', '330382'].map(initials), [
    'xhq',
    'cqs',
    'sx',
    'yqs',
  ])
})

test('counties founded in recent years are there', () => {
  const recent = ['653228', '653229', '659012', '460302', '460303', '540481', '540581']
  for (const code of recent) assert.ok(byCode.has(code), code)
})

test('the path names each level once', () => {
  const cases: [string, string][] = [
    ['330106', '浙江省杭州市西湖区'],
    ['110105', '北京市朝阳区'],
    ['110100', '北京市'],
    ['500229', '重庆市城口县'],
    ['429004', '湖北省仙桃市'],
    ['659012', '新疆维吾尔自治区白杨市'],
    ['441904', '广东省东莞市长安镇'],
    ['460401', '海南省儋州市那大镇'],
    ['620200', '甘肃省嘉峪关市'],
    ['620201', '甘肃省嘉峪关市'],
    ['460302', '海南省三沙市西沙区'],
    ['810000', '香港特别行政区'],
    ['999999', ''],
  ]
  for (const [code, path] of cases) assert.equal(regionPath(code), path, code)
})

test('a pasted address is parted into region and detail', () => {
  const cases: [string, string, string][] = [
    ['浙江省杭州市西湖区文三路478号', '330106', '文三路478号'],
    ['浙江杭州西湖区文三路478号', '330106', '文三路478号'],
    ['浙江省 杭州市 西湖区 文三路478号', '330106', '文三路478号'],
    ['中国浙江省杭州市，西湖区，文三路４７８号', '330106', '文三路478号'],
    ['杭州市西湖区文三路', '330106', '文三路'],
    ['浙江省西湖区文三路', '330106', '文三路'],
    ['杭州西湖文三路', '330106', '文三路'],
    ['义乌市北苑街道', '330782', '北苑街道'],
    ['北京市朝阳区建国路88号', '110105', '建国路88号'],
    ['北京市市辖区朝阳区建国路88号', '110105', '建国路88号'],
    ['北京市北京市朝阳区建国路88号', '110105', '建国路88号'],
    ['北京朝阳区建国路88号', '110105', '建国路88号'],
    ['上海市浦东新区张江高科', '310115', '张江高科'],
    ['上海浦东张江高科', '310115', '张江高科'],
    ['重庆市忠县忠州街道', '500233', '忠州街道'],
    ['湖北省仙桃市沔州大道', '429004', '沔州大道'],
    ['湖北省省直辖县级行政单位仙桃市沔州大道', '429004', '沔州大道'],
    ['东莞市长安镇锦厦路', '441904', '锦厦路'],
    ['广东东莞长安锦厦三洲', '441904', '锦厦三洲'],
    ['海南省儋州市那大镇', '460401', ''],
    ['中山市小榄镇工业大道', '442006', '工业大道'],
    ['嘉峪关市新华中路', '620200', '新华中路'],
    ['三沙市西沙区永兴岛', '460302', '永兴岛'],
    ['台州路桥区银座街', '331004', '银座街'],
    ['唐山路北区新华道', '130203', '新华道'],
    ['石家庄桥西区中山路', '130104', '中山路'],
    ['广西南宁青秀区民族大道', '450103', '民族大道'],
    ['内蒙古呼和浩特市新城区', '150102', ''],
    ['吉林省吉林市船营区', '220204', ''],
    ['吉林长春', '220100', ''],
    ['延边州延吉市', '222401', ''],
    ['恩施土家族苗族自治州恩施市', '422801', ''],
    ['上海南京东路100号', '310000', '南京东路100号'],
    ['香港特别行政区中环', '810000', '中环'],
  ]
  for (const [text, code, rest] of cases) assert.deepEqual(findRegion(text), { code, rest }, text)
})

test('what is not certain is left open', () => {
  const open = [
    '西湖区文三路',
    '朝阳区建国路',
    '鼓楼区',
    '文三路478号',
    '',
    '中山路100号',
    '北京路1号',
  ]
  for (const text of [
    ...open,
    '南京东路100号',
    '东方红路2号',
    '朝阳门外大街',
    '解放路',
    '中山公园',
  ]) {
    assert.equal(findRegion(text), undefined, text)
  }
  assert.deepEqual(findRegion('江苏省鼓楼区中央路'), { code: '320000', rest: '鼓楼区中央路' })
})

test('imports name a region alone', () => {
  assert.equal(regionByName('330106'), '330106')
  assert.equal(regionByName('浙江省/杭州市/西湖区'), '330106')
  assert.equal(regionByName('浙江-杭州'), '330100')
  assert.equal(regionByName('义乌'), '330782')
  assert.equal(regionByName('广西'), '450000')
  assert.equal(regionByName('吉林'), '220000')
  assert.equal(regionByName('海南'), '460000')
  assert.equal(regionByName('东莞'), '441900')
  assert.equal(regionByName('西湖区'), undefined)
  assert.equal(regionByName('浙江省杭州市文三路'), undefined)
})

test('the path of a region is read back as the region, with any detail', () => {
  const named = regions().filter((region) => !/^(?:市辖区|县|.*直辖县.*)$/.test(region.name))
  fc.assert(
    fc.property(
      fc.constantFrom(...named),
      fc.constantFrom('', '文三路1号', ' 人民大道'),
      (region, rest) => {
        const path = regionPath(region.code)
        const found = findRegion(path + rest)
        assert.equal(regionPath(found?.code ?? ''), path)
        assert.equal(found?.rest, rest.trim())
      },
    ),
    { numRuns: 2000 },
  )
})
