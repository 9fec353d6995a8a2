/** Code of GB/T 2260, name, code of the region above. */
export type RegionEntry = readonly [code: string, name: string, parent: string]
export type Regions = ReadonlyMap<string, RegionEntry>

/** A region with those above it, largest first, without repeating a city that is its province. */
export const regionPath = (regions: Regions, code: string): string[] => {
  const names: string[] = []
  for (let at = regions.get(code); at; at = regions.get(at[2])) {
    if (names[0] !== at[1]) names.unshift(at[1])
    if (at[2] === at[0]) break
  }
  return names
}

/** The short name for a list: 上海市 · 浦东新区 becomes 上海浦东. */
export const regionShort = (regions: Regions, code: string) => {
  const path = regionPath(regions, code).filter((name) => !/^(市辖区|县|省直辖县)/.test(name))
  const head = path.length > 2 ? path[1] : path[0]
  const last = path.at(-1)
  if (!head || !last) return undefined
  return last.startsWith(bare(head)) ? bare(last) : `${bare(head)}${bare(last)}`
}
const bare = (name: string) => {
  if (name.length <= 2) return name
  return name.replace(autonomous, '$1').replace(/(特别行政区|自治区|省|市|新区|区|县)$/, '')
}
// An autonomous place carries the names of its peoples: 文山壮族苗族自治州 is said 文山.
const autonomous =
  /^(.{2,}?)(?:(?:维吾尔|壮|回|藏|苗|彝|傣|侗|羌|白|瑶|黎|满|畲|土家|土|水|布依|哈尼|朝鲜|蒙古|哈萨克|柯尔克孜|景颇|傈僳|纳西|佤|拉祜|布朗|撒拉|东乡|保安|仫佬|毛南|达斡尔|普米|怒|独龙|锡伯|裕固|仡佬|塔吉克|各)族?)+自治[区州县]$/
