import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RegionEntry, regionPath, regionShort } from './regionNames.ts'

const entries: readonly RegionEntry[] = [
  ['310000', '上海市', ''],
  ['310100', '上海市', '310000'],
  ['310115', '浦东新区', '310100'],
  ['330000', '浙江省', ''],
  ['330100', '杭州市', '330000'],
  ['330106', '西湖区', '330100'],
  ['320000', '江苏省', ''],
  ['320500', '苏州市', '320000'],
  ['320571', '苏州工业园区', '320500'],
  ['530000', '云南省', ''],
  ['532600', '文山壮族苗族自治州', '530000'],
  ['532624', '麻栗坡县', '532600'],
  ['220000', '吉林省', ''],
  ['220600', '白山市', '220000'],
  ['220623', '长白朝鲜族自治县', '220600'],
]
const regions = new Map(entries.map((entry) => [entry[0], entry]))

test('a region is said by what people call it', () => {
  const said = (code: string) => regionShort(regions, code)
  assert.equal(said('310115'), '上海浦东')
  assert.equal(said('330106'), '杭州西湖')
  assert.equal(said('532624'), '文山麻栗坡')
  assert.equal(said('220623'), '白山长白')
  assert.equal(said('320571'), '苏州工业园')
  assert.equal(said('330000'), '浙江')
  assert.equal(said('999999'), undefined)
})

test('a path names a city that is its own province once', () => {
  assert.deepEqual(regionPath(regions, '310115'), ['上海市', '浦东新区'])
  assert.deepEqual(regionPath(regions, '330106'), ['浙江省', '杭州市', '西湖区'])
})
