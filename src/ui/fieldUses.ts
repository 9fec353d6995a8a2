import { type ReasonValues, value } from './reasonValues.ts'

/** What names a field that is to be retired: each with its place, and what becomes of it. */
export const sayUses = {
  zh: (v: ReasonValues) => {
    const views = several(v, 'views', 'others', '、', (count) => `${count} 个别人自用的`)
    const columns = several(v, 'columns', 'column_others', '、', (count) => `${count} 个别人自用的`)
    const uses = [
      views && `视图用它筛选、排序或分组：${views}，停用后打不开`,
      columns && `视图有它一列：${columns}，停用后少这一列`,
      value(v, 'fields') && `字段看它显示：${value(v, 'fields')}，停用后总会显示、不再必填`,
      value(v, 'stages') && `阶段要先填它：${value(v, 'stages')}，停用后不再要求`,
      value(v, 'numbers') && `${value(v, 'numbers')}靠它编号，停用后新建的不再编号`,
    ]
    return `还有地方用到这一项。${said(uses, '；')}。可以先改它们，或确认仍要停用；恢复后照旧。`
  },
  en: (v: ReasonValues) => {
    const others = (count: string) => `${count} private ones of others`
    const views = several(v, 'views', 'others', ', ', others)
    const columns = several(v, 'columns', 'column_others', ', ', others)
    const uses = [
      views && `views that filter, sort or group by it will not open: ${views}`,
      columns && `views lose a column: ${columns}`,
      value(v, 'fields') &&
        `fields shown by it are shown always, required nowhere: ${value(v, 'fields')}`,
      value(v, 'stages') && `stages no longer ask for it: ${value(v, 'stages')}`,
      value(v, 'numbers') && `new records are not numbered any more: ${value(v, 'numbers')}`,
    ]
    return `This field is used: ${said(uses, '; ')}. Change them first, or retire it anyway; restoring brings all back.`
  },
}

const said = (uses: readonly string[], by: string) => uses.filter((each) => each !== '').join(by)

const several = (
  v: ReasonValues,
  names: string,
  others: string,
  comma: string,
  count: (others: string) => string,
) => said([value(v, names), Number(v[others]) > 0 ? count(value(v, others)) : ''], comma)
