import type { Locale } from '#platform/fields/field.ts'
import { useLocale } from './locale.tsx'
import { messages } from './messages.ts'

export type ReasonValues = Readonly<Record<string, string | number>>
export type Refusal = { reason: string; values?: ReasonValues | undefined }

const value = (values: ReasonValues, key: string) => String(values[key] ?? '')

/** Every reason a refusal or a doubt can have: what is the matter, and the remedy. */
export const reasons = messages({
  zh: {
    input_invalid: '有内容需要修改，见标出的几处',
    required: '这一项必须填写',
    empty: '不能是空的',
    not_text: '这里应填文字',
    too_long: (v: ReasonValues) =>
      v.max ? `太长，最多 ${value(v, 'max')} 个字` : '太长，请缩短一些',
    too_short: (v: ReasonValues) =>
      v.min ? `太短，至少 ${value(v, 'min')} 个字` : '太短，请再写一些',
    too_many: (v: ReasonValues) =>
      v.max ? `太多，最多 ${value(v, 'max')} 个` : '太多，请减少几个',
    too_small: '数字太小',
    too_large: '数字太大',
    not_a_number: '这里应填数字',
    not_an_integer: '这里应填整数',
    not_fen: '金额最多两位小数',
    not_a_date: '日期应像 2026-11-21，且确有这一天',
    not_an_instant: '时间应像 2026-11-21 14:30',
    not_a_boolean: '这里应填 是 或 否',
    not_a_choice: '不在可选项里，请从列表中选择',
    not_a_list: '这里应填一个或多个值',
    not_an_email: '邮箱应像 name@example.com',
    not_a_link: '网址应以 http:// 或 https:// 开头',
    not_a_region: '地区应为 6 位行政区划代码，或从列表中选择',
    not_an_id: '编号有误，请重新选择',
    unknown_key: '系统里没有这一项',
    phone_too_short: (v: ReasonValues) =>
      v.missing
        ? `号码少 ${value(v, 'missing')} 位，应为 ${value(v, 'expected')} 位`
        : '号码太短，至少 3 位',
    phone_too_long: (v: ReasonValues) =>
      v.surplus
        ? `号码多 ${value(v, 'surplus')} 位，应为 ${value(v, 'expected')} 位`
        : '号码太长，请核对',
    phone_unassigned_prefix: (v: ReasonValues) => `${value(v, 'prefix')} 号段还没有放号，请核对`,
    phone_area_code_missing: '固定电话缺区号，应像 0571-88886666',
    phone_several_numbers: '这里像有几个号码，请一行写一个',
    phone_unlikely: '不像电话号码，请核对',
    credit_code_length: '信用代码应为 18 位',
    credit_code_character: '信用代码含有不该有的字符（不用 I、O、Z、S、V）',
    credit_code_check_digit: (v: ReasonValues) =>
      v.suggestion
        ? `信用代码校验不符，是否应为 ${value(v, 'suggestion')}`
        : '信用代码最后一位校验不符，请对照营业执照',
    credit_code_organisation_check: '信用代码第 9–17 位校验不符，请对照营业执照',
    not_valid: '这里填得不对，请核对',
    value_out_of_range: '数值超出范围',
    character_not_storable: '含有无法保存的字符，请删去后再试',
    reference_missing: '所指的记录已不在，请重新选择',
    media_type_unknown: '这种文件类型不支持',
    request_malformed: '请求有误，请刷新后再试',
    body_not_an_object: '请求有误，请刷新后再试',
    version_malformed: '版本号有误，请刷新后再保存',
    idempotency_key_too_long: '请求有误，请刷新后再试',
    idempotency_key_reused: '这次提交与上一次内容不同，请刷新后再试',
    origin_refused: '请从本系统的网址打开再操作',
    permission_missing: '没有做这件事的权限，可请管理员开通',
    sign_in_needed: '登录已过期，请重新登录',
    database_away: '数据库暂时连不上，内容还在，请稍后再试',
    disk_full: '服务器磁盘已满，请先清理空间',
    took_too_long: '查询太久，请缩小范围再试',
    record_changed: '别人刚改过这条记录，请先看看差别',
    record_missing: '这条记录已不在，或不在可见范围内',
    route_missing: '没有这个地址',
    version_required: '缺少版本号，请刷新后再保存',
    credentials_wrong: '用户名或密码不对',
    too_many_attempts: '试得太多次了，请过几分钟再试',
    too_many_requests: '操作太快了，请稍候再试',
    too_large_upload: '文件太大，请拆成几份再传',
    body_too_large: '内容太大，请缩短或拆成几份',
    unavailable: '系统暂时不可用，请稍后再试',
    internal_error: '系统出了问题，内容已保留，请稍后再试',
    network_unreachable: '连不上服务器，内容还在，网络恢复后再试',
    answer_unreadable: '服务器的回答读不懂，请刷新后再试',
    setup_code_wrong: '一次性口令不对，请看服务器窗口里最新的一行',
    setup_done: '系统已经设置过了，请直接登录',
    password_too_short: (v: ReasonValues) => `密码至少 ${value(v, 'min') || 8} 位`,
    password_too_long: (v: ReasonValues) => `密码最多 ${value(v, 'max') || 128} 位`,
    username_taken: '这个用户名已有人用，请换一个',
    username_invalid: '用户名只用字母、数字、点、横线和下划线',
    stage_not_reachable: '不能直接改到这个阶段',
    in_use: '还有记录在用它，不能删除',
    already_taken: (v: ReasonValues) =>
      v.name ? `已被「${value(v, 'name')}」使用` : '已被另一条记录使用',
  },
  en: {
    input_invalid: 'Some entries need a change; they are marked',
    required: 'This is needed',
    empty: 'This cannot be empty',
    not_text: 'Text goes here',
    too_long: (v) =>
      v.max ? `Too long: at most ${value(v, 'max')} characters` : 'Too long; please shorten it',
    too_short: (v) =>
      v.min ? `Too short: at least ${value(v, 'min')} characters` : 'Too short; please add to it',
    too_many: (v) => (v.max ? `Too many: at most ${value(v, 'max')}` : 'Too many; remove a few'),
    too_small: 'The number is too small',
    too_large: 'The number is too large',
    not_a_number: 'A number goes here',
    not_an_integer: 'A whole number goes here',
    not_fen: 'An amount has at most two decimals',
    not_a_date: 'Write the date like 2026-11-21, and a day that exists',
    not_an_instant: 'Write the time like 2026-11-21 14:30',
    not_a_boolean: 'Yes or no goes here',
    not_a_choice: 'Not one of the choices; pick from the list',
    not_a_list: 'One or several values go here',
    not_an_email: 'Write the address like name@example.com',
    not_a_link: 'A web address starts with http:// or https://',
    not_a_region: 'Six digits of a region code, or pick from the list',
    not_an_id: 'The reference is not valid; choose again',
    unknown_key: 'There is no such entry here',
    phone_too_short: (v) =>
      v.missing
        ? `${value(v, 'missing')} digits short; it should have ${value(v, 'expected')}`
        : 'Too short for a number: at least 3 digits',
    phone_too_long: (v) =>
      v.surplus
        ? `${value(v, 'surplus')} digits too many; it should have ${value(v, 'expected')}`
        : 'Too long for a number; please check',
    phone_unassigned_prefix: (v) =>
      `Numbers starting ${value(v, 'prefix')} are not in use yet; please check`,
    phone_area_code_missing: 'The area code is missing; write it like 0571-88886666',
    phone_several_numbers: 'These look like several numbers; write one to a line',
    phone_unlikely: 'This does not look like a phone number; please check',
    credit_code_length: 'A credit code has 18 characters',
    credit_code_character: 'The code holds a character it cannot have (no I, O, Z, S, V)',
    credit_code_check_digit: (v) =>
      v.suggestion
        ? `The check digit does not fit; perhaps ${value(v, 'suggestion')}`
        : 'The check digit does not fit; compare with the business licence',
    credit_code_organisation_check:
      'Characters 9 to 17 do not fit together; compare with the business licence',
    not_valid: 'This is not right; please check',
    value_out_of_range: 'The value is out of range',
    character_not_storable: 'It holds a character that cannot be stored; remove it',
    reference_missing: 'What it points at is gone; choose again',
    media_type_unknown: 'This kind of file is not supported',
    request_malformed: 'The request was not right; reload and try again',
    body_not_an_object: 'The request was not right; reload and try again',
    version_malformed: 'The version was not right; reload before saving',
    idempotency_key_too_long: 'The request was not right; reload and try again',
    idempotency_key_reused: 'This differs from what was sent before; reload and try again',
    origin_refused: 'Open the system at its own address and try again',
    permission_missing: 'You may not do this; an administrator can allow it',
    sign_in_needed: 'You have been signed out; please sign in again',
    database_away: 'The database cannot be reached. Your entries are kept; try again later',
    disk_full: 'The disk of the server is full; make room first',
    took_too_long: 'That took too long; narrow it down',
    record_changed: 'Somebody has just changed this record; look at the differences first',
    record_missing: 'This record is gone, or out of your sight',
    route_missing: 'There is no such address',
    version_required: 'The version is missing; reload before saving',
    credentials_wrong: 'User name or password is not right',
    too_many_attempts: 'Too many attempts; wait a few minutes',
    too_many_requests: 'That was too fast; try again in a moment',
    too_large_upload: 'The file is too large; split it up',
    body_too_large: 'That is too large; shorten it or split it up',
    unavailable: 'Not available just now; try again later',
    internal_error: 'Something broke on our side. Your entries are kept; try again later',
    network_unreachable: 'The server cannot be reached. Your entries are kept; try again later',
    answer_unreadable: 'The answer could not be read; reload and try again',
    setup_code_wrong: 'The one-time code is not right; see the latest line on the server console',
    setup_done: 'This system is already set up; please sign in',
    password_too_short: (v) => `A password has at least ${value(v, 'min') || 8} characters`,
    password_too_long: (v) => `A password has at most ${value(v, 'max') || 128} characters`,
    username_taken: 'This user name is taken; choose another',
    username_invalid: 'Letters, digits, dots, dashes and underscores only',
    stage_not_reachable: 'The stage cannot be set from where it is now',
    in_use: 'Records still use it, so it cannot be deleted',
    already_taken: (v) =>
      v.name ? `Already used by “${value(v, 'name')}”` : 'Another record already has it',
  },
})

const unknown = messages({
  zh: { say: (reason: string) => `没有做成（${reason}）` },
  en: { say: (reason) => `That did not work (${reason})` },
})

const words: Record<Locale, Map<string, string | ((values: ReasonValues) => string)>> = {
  zh: new Map(Object.entries(reasons.zh)),
  en: new Map(Object.entries(reasons.en)),
}

export const sayReason = (locale: Locale, { reason, values }: Refusal) => {
  const word = words[locale].get(reason)
  if (!word) return unknown[locale].say(reason)
  return typeof word === 'string' ? word : word(values ?? {})
}

export const useReasons = () => {
  const locale = useLocale()
  return (refusal: Refusal) => sayReason(locale, refusal)
}
