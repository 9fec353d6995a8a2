import { areaList } from '@vant/area-data'
import { halfWidth } from './halfWidth.ts'
import { soundsOf } from './reading.ts'

export type Region = {
  /** GB/T 2260; towns of cities without districts have codes of their own kind. */
  code: string
  name: string
  parent: string | undefined
  /** 1 province, 2 city, 3 county. */
  level: number
  /** First letters of its pinyin, for quick typing. */
  initials: string
}

type Place = Omit<Region, 'initials'>
type Alias = { place: Place; full: boolean }
/** A place, those named before it, the text behind it, and whether its name stands in full. */
type Line = { above: Place[]; place: Place; rest: string; full: boolean }

let table: Map<string, Place> | undefined
let aliases: Map<string, Alias[]> | undefined
let list: Region[] | undefined

const longestAlias = 16
// Levels that only group what is directly under a province or city are no part of an address.
const groupings = ['省直辖县', '自治区直辖县级行政区划', '县', '市辖区']
const between = /^(?:[\s,、/>·-]|市辖区|(?:省|自治区)直辖县(?:级行政(?:区划|单位))?)+/
const peoples =
  /(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各)族?$/
// Behind a short name: then it is part of the name of a street, a building or an institution.
const ofStreet =
  /^[东南西北中]?[一二三四五六七八九十]*(?:路|街|道|大道|大街|巷|弄|胡同|里|村|镇|乡|门|桥|站|公园|广场|大厦|大学|医院|宾馆|酒店|饭店)/

/** All regions, by level and code. Placeholders such as 其它区, which are no regions, are left out. */
export const regions = (): Region[] => {
  list ??= [...places().values()].map((place) => ({ ...place, initials: initialsOf(place.name) }))
  return list
}

/** The full name from the province on, 浙江省杭州市西湖区; empty for an unknown code. */
export const regionPath = (code: string): string => {
  const names: string[] = []
  for (let at = places().get(code); at; at = places().get(at.parent ?? '')) {
    if (!groupings.includes(at.name) && at.name !== names[0]) names.unshift(at.name)
  }
  return names.join('')
}

/**
 * The region at the beginning of a pasted address and the rest as detail. Names in full or short
 * (浙江杭州西湖区), levels may be left out (浙江省西湖区, 义乌市, 西湖区 when there were only one).
 * Where the text leaves several open, as far as it is certain; undefined when nothing is.
 */
export const findRegion = (text: string): { code: string; rest: string } | undefined => {
  const plain = halfWidth(text).replace(/^(?:中华人民共和国|中国)(?!.{0,2}(?:路|街))[\s,]*/, '')
  const lines = linesFrom([], plain)
  const farthest = least(lines, (line) => line.rest.length)
  // 吉林 alone is the province, not the city; more levels named are more certain.
  const highest = least(farthest, (line) => line.place.level)
  const certain = agreed(
    least(highest, (line) => -line.above.length),
    lines,
  )
  return certain && { code: certain.place.code, rest: certain.rest.replace(between, '').trim() }
}

/** The code of a region that the text names and nothing else, or of a code itself; for imports. */
export const regionByName = (text: string): string | undefined => {
  const plain = halfWidth(text)
  if (places().has(plain)) return plain
  const found = findRegion(plain)
  return found?.rest === '' ? found.code : undefined
}

const linesFrom = (above: Place[], text: string): Line[] => {
  const rest = text.replace(between, '')
  const last = above.at(-1)
  return aliasesAt(rest).flatMap(([{ place, full }, length]) => {
    if (last && !isWithin(place, last)) return []
    const line = { above, place, full, rest: rest.slice(length) }
    const deeper = linesFrom([...above, place], line.rest)
    return isNamed(line) ? [line, ...deeper] : deeper
  })
}

const aliasesAt = (text: string): [Alias, number][] => {
  aliases ??= aliasTable()
  const found: [Alias, number][] = []
  for (let length = Math.min(longestAlias, text.length); length >= 2; length -= 1) {
    for (const alias of aliases.get(text.slice(0, length)) ?? []) found.push([alias, length])
  }
  return found
}

const isWithin = (place: Place, above: Place) =>
  place.level > above.level && place.code.startsWith(above.code.slice(0, above.level * 2))

// A county's short name alone (东方, 新民) is too often an ordinary word: only as the whole text.
const isNamed = (line: Line) => {
  if (line.full) return true
  if (line.above.length === 0 && line.place.level === 3) return line.rest === ''
  return !ofStreet.test(line.rest)
}

const least = (lines: Line[], of: (line: Line) => number) => {
  const best = Math.min(...lines.map(of))
  return lines.filter((line) => of(line) === best)
}

// One place, or where several are left, the deepest that all of them were named in.
const agreed = (best: Line[], lines: Line[]): Line | undefined => {
  const [first] = best
  if (best.every((line) => line.place.code === first?.place.code)) return first
  const shared = lines.filter((line) => best.every((each) => each.above.includes(line.place)))
  return shared.sort((one, other) => other.place.level - one.place.level)[0]
}

const aliasTable = () => {
  const result = new Map<string, Alias[]>()
  for (const place of places().values()) {
    if (groupings.includes(place.name)) continue
    const short = shortName(place.name)
    const above = shortName(places().get(place.parent ?? '')?.name ?? '')
    const brief = short.replace(/新$/, '')
    const prefecture = place.name.endsWith('自治州') ? [`${short}州`] : []
    const others = brief === above ? prefecture : [brief, ...prefecture]
    for (const name of new Set([place.name, short, ...others])) {
      const alias = { place, full: name === place.name }
      result.set(name, [...(result.get(name) ?? []), alias])
    }
  }
  return result
}

// 广西壮族自治区 to 广西, 延边朝鲜族自治州 to 延边; 赵县 stays, one character names nothing.
const shortName = (name: string) => {
  const plain = name.replace(
    /(?:特别行政区|自治[区州县旗]|行政委员会|地区|街道|[省市区县盟旗镇乡])$/,
    '',
  )
  let short = plain
  while (/自治[区州县旗]$/.test(name) && short.replace(peoples, '').length >= 2) {
    const shorter = short.replace(peoples, '')
    if (shorter === short) break
    short = shorter
  }
  return short.length >= 2 ? short.replace(/(?<=..)族$/, '') : name
}

const places = () => {
  table ??= new Map(
    [areaList.province_list, areaList.city_list, areaList.county_list].flatMap((names, depth) =>
      Object.entries(names)
        .filter(([, name]) => name !== '其它区')
        .map(([code, name]) => [
          code,
          { code, name, parent: parentOf(code, depth), level: depth + 1 },
        ]),
    ),
  )
  return table
}

const parentOf = (code: string, depth: number) =>
  depth === 0 ? undefined : code.slice(0, depth * 2).padEnd(6, '0')

const initialsOf = (name: string) =>
  soundsOf(name)
    .map((sound) => sound.syllable?.charAt(0) ?? '')
    .join('')
