import { regions } from '../china/regions.ts'
import { load } from '../customFields/queries.ts'
import type { Ctx } from '../database/ctx.ts'
import type { Download, InputOf } from '../door/contract.ts'
import type { Field, Label, Locale } from '../fields/field.ts'
import { type Directory, departmentText, personText } from '../fields/names.ts'
import { cleanFileName } from '../files/fileName.ts'
import { type TemplateColumn, writeTemplate } from '../tables/writeTemplate.ts'
import type { imports } from './contract.ts'
import { type Target, targetsOf } from './mapping.ts'
import { requirePermissions } from './permissions.ts'
import { directoryOf, type Importable, importableNamed } from './ports.ts'

/**
 * A workbook to fill in for one kind of record: the fields that this person may write, required ones
 * marked, choices as drop-downs, and a sheet that says how each column is written, with an example.
 */
export const template = async (
  ctx: Ctx,
  { entity: name }: InputOf<typeof imports.template>,
): Promise<Download> => {
  const importable = importableNamed(name)
  requirePermissions(ctx, importable)
  await load(ctx)
  const { locale } = ctx.actor
  const directory = await directoryOf(ctx)
  const columns = [...targetsOf(ctx, importable).values()]
    .filter(({ keyOnly }) => !keyOnly)
    .map((target) => ({ target, ...columnFor(importable, target, directory, locale) }))
    .map((column, at, all) => ({ ...column, title: apart(column, all.slice(0, at)) }))
  const words = notesWords[locale]
  const notes = [
    [words.column, words.needed, words.how, words.example],
    ...columns.map(({ target, title, prompt }) => [
      title,
      isNeeded(importable, target) ? words.yes : '',
      prompt,
      exampleOf(target.field, locale),
    ]),
  ]
  const label = importable.entity.label[locale]
  return {
    name: cleanFileName(`${label}${words.file}.xlsx`),
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: writeTemplate(label, columns, { sheet: words.sheet, rows: notes }),
  }
}

/** Two fields that were given one label before must not fill each other. */
const apart = (
  { target, title }: { target: Target; title: string },
  before: readonly { title: string }[],
) => (before.some((each) => each.title === title) ? `${title} ${target.name}` : title)

const isNeeded = ({ entity }: Importable, { entity: own, field }: Target) =>
  own === entity && field.required === true && field.initial === undefined && !field.when

const columnFor = (
  importable: Importable,
  target: Target,
  directory: Directory,
  locale: Locale,
): TemplateColumn => {
  const { field, entity } = target
  const label = field.label[locale]
  const beside = locale === 'zh' ? `${entity.label.zh}${label}` : `${entity.label.en} ${label}`
  const choices = choicesOf(field, directory, locale)
  return {
    title: `${entity === importable.entity ? label : beside}${isNeeded(importable, target) ? '*' : ''}`,
    // Texts: people type days and codes in many forms, and Excel must not change one of them.
    kind: field.kind === 'integer' || field.kind === 'money' ? 'number' : 'text',
    prompt: promptOf(field, locale),
    ...(choices.length > 0 && { choices }),
    open: field.kind === 'choices' || field.kind === 'region' || field.open === true,
  }
}

/** Regions by their provinces: all of them would be a list of thousands. */
const choicesOf = (field: Field, directory: Directory, locale: Locale): string[] => {
  switch (field.kind) {
    case 'bool':
      return locale === 'zh' ? ['是', '否'] : ['Yes', 'No']
    case 'person':
      return directory.people
        .filter(({ active }) => active)
        .map(({ id }) => personText(directory, id))
    case 'department':
      return directory.departments.map(({ id }) => departmentText(directory, id))
    case 'region':
      return regions()
        .filter(({ parent }) => !parent)
        .map(({ name }) => name)
    default:
      return (field.choices ?? [])
        .filter(({ retired }) => !retired)
        .map(({ label }) => label[locale] || label.zh)
  }
}

const promptOf = (field: Field, locale: Locale): string => {
  const words = prompts[field.kind]?.[locale]
  const most =
    field.max === undefined || field.column !== 'text'
      ? undefined
      : locale === 'zh'
        ? `最多 ${field.max} 个字`
        : `${field.max} characters at most`
  const said = [field.help?.[locale], words ?? most].filter(
    (part) => part !== undefined && part !== '',
  )
  return said.join(locale === 'zh' ? '。' : '. ') || (locale === 'zh' ? '文字' : 'Text')
}

const exampleOf = (field: Field, locale: Locale): string => {
  const [first] = field.choices ?? []
  return first ? first.label[locale] || first.label.zh : (examples[field.kind] ?? '')
}

const say = (zh: string, en: string): Label => ({ zh, en })

const prompts: Partial<Record<Field['kind'], Label>> = {
  choice: say('从下拉列表选择', 'Choose from the list'),
  choices: say('从下拉列表选择，多个用“、”隔开', 'Choose from the list, several parted by commas'),
  bool: say('填 是 或 否', 'Yes or No'),
  date: say(
    '2026-01-05、2026/1/5、2026.1.5、20260105、2026年1月5日 都可以',
    '2026-01-05, 2026/1/5, 2026.1.5 or 20260105',
  ),
  dateTime: say('2026-01-05 14:30 或 2026年1月5日 下午2:30', '2026-01-05 14:30'),
  person: say(
    '从下拉列表选择；同名的写用户名',
    'Choose from the list; a username where two share a name',
  ),
  department: say(
    '从下拉列表选择；同名的写上级，如 华东/杭州',
    'Choose from the list; 华东/杭州 where two share a name',
  ),
  region: say(
    '省市区县连写，如 浙江省杭州市西湖区；只知道省份时从下拉列表选择',
    'Province, city and county in one',
  ),
  phones: say('多个号码用“、”隔开，固定电话带区号', 'Several numbers parted by commas'),
  phone: say('固定电话带区号', 'With the area code'),
  tags: say('多个用“、”隔开', 'Several parted by commas'),
  money: say('单位元，也可以写 1.5万', 'In yuan'),
  integer: say('整数', 'A whole number'),
  number: say('数字，可以写 85%', 'A number'),
  reference: say(
    '填同一客户下已有的一条，名称完全相同',
    'By its name, exactly as it is at the same customer',
  ),
  email: say('name@example.com', 'name@example.com'),
  link: say('https://…', 'https://…'),
}

const examples: Partial<Record<Field['kind'], string>> = {
  bool: '是',
  date: '2026-01-05',
  dateTime: '2026-01-05 14:30',
  region: '浙江省杭州市西湖区',
  phones: '13800138000、0571-88886666',
  phone: '13800138000',
  tags: '老客户、重点',
  money: '1200.50',
  integer: '120',
  number: '0.85',
  email: 'name@example.com',
  link: 'https://example.com',
}

const notesWords = {
  zh: {
    ...{ sheet: '填写说明', file: '导入模板', column: '列', needed: '必填', how: '怎样填' },
    ...{ example: '示例', yes: '必填' },
  },
  en: {
    ...{ sheet: 'How to fill in', file: ' import template', column: 'Column', needed: 'Required' },
    ...{ how: 'How it is written', example: 'Example', yes: 'required' },
  },
}
