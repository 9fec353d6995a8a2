import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import { csvFile, xlsxFile } from '#app/testing/importing.ts'

/** A file as somebody picks it from a folder. */
export type PickedFile = { name: string; mimeType: string; buffer: Buffer }

const trades = ['茶业', '火锅', '机电', '建材', '食品', '纺织', '物流', '软件', '家具', '印刷']
const towns = [
  ...['杭州', '重庆', '长沙', '苏州', '成都', '厦门', '西安', '青岛', '宁波', '合肥'],
  ...['无锡', '佛山', '东莞', '泉州', '烟台', '徐州', '洛阳', '襄阳', '遵义', '桂林'],
]
const shops = ['兴隆', '永安', '德胜', '宏远', '嘉和', '瑞丰', '同仁', '广源', '天成', '百川']
const surnames = ['王', '李', '张', '曾', '单', '陈', '赵', '黄', '周', '吴', '徐', '孙', '胡']
const stages = ['潜在', '接触', '成交', '沉睡', '流失']

const title = ['公司名称', '联系人', '联系电话', '所在地区', '客户状态', '客户来源', '备注']

/** A firm's list as it comes out of Excel, with a handful of rows that cannot be taken over. */
export const companies = async (rows: number): Promise<PickedFile> => ({
  name: '客户名单 2026.xlsx',
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: await xlsxFile([title, ...Array.from({ length: rows }, (_, each) => company(each))]),
})

/** Rows of `companies` that are refused: no name, or a stage that does not exist. */
export const badCompanies = [17, 512, 1999, 3210, 4711]

/** The one that the journey looks for. */
export const wanted = { name: '重庆曾记火锅有限公司', phone: '023-62345678', person: '单雄' }

const company = (each: number): string[] => {
  const town = pick(towns, each)
  if (each === 2500)
    return [wanted.name, wanted.person, wanted.phone, '重庆', '接触', '展会', '爱吃辣']
  const name = `${town}${pick(shops, each / 20)}${pick(trades, each / 200)}${each}有限公司`
  const place = badCompanies.indexOf(each)
  return [
    place === 0 ? '' : name,
    `${pick(surnames, each)}经理`,
    `1${39_00000000 + each * 7}`,
    town,
    place > 0 ? '已签' : pick(stages, each),
    each % 3 === 0 ? '转介绍' : '',
    each % 10 === 0 ? '年底回访' : '',
  ]
}

const pick = (list: readonly string[], at: number) => list[Math.floor(at) % list.length] ?? ''

/** People as an old program exported them: GB18030, as Windows in China writes text. */
export const people = (): PickedFile => ({
  name: '车主.csv',
  mimeType: 'text/csv',
  buffer: csvFile(
    [
      ['姓名', '类型', '手机', '微信', '生日', '备注'],
      ['单小芳', '个人', '138 0000 1111', 'shanxf', '1988-03-08', '喜欢红色'],
      ['曾国强', '个人', '13900002222', '', '1975年6月1日', ''],
      ['欧阳䶮', '个人', '13700003333', '', '2月30日', '名字里有生僻字'],
    ],
    'gb18030',
  ),
})

/** A table with the files that its rows name. */
export const zipOf = async (
  name: string,
  files: Record<string, Buffer | string>,
): Promise<PickedFile> => {
  const zip = new ZipFile()
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path)
  zip.end()
  return { name, mimeType: 'application/zip', buffer: await buffer(zip.outputStream) }
}
