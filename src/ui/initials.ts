/** The letter that stands for a name. */
export const initialOf = (name: string) => [...name.trim()][0]?.toUpperCase() ?? '·'

// A firm's name begins with its place so often that the place tells nothing.
const place =
  /^(中国|北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|成都|武汉|西安|长沙|青岛|宁波|厦门|无锡|东莞|佛山|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆)(省|市)?(?=\S{2})/

/** The letter that stands for a firm, past the place in its name: 杭州青禾贸易 is 青. */
export const firmInitialOf = (name: string) => initialOf(name.trim().replace(place, ''))
