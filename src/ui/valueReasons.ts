import { messages } from './messages.ts'
import { type ReasonValues, value } from './reasonValues.ts'

/** What can be wrong or doubtful about one value, each with its remedy. */
export const valueReasons = messages({
  zh: {
    input_invalid: '有内容需要修改，见标出的几处',
    not_groupable: '不能按这一项分组',
    action_not_for_entity: '这类记录不能这样批量处理',
    share_beyond: '只能共享给自己的部门',
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
    not_a_choice: (v: ReasonValues) =>
      v.names
        ? `没有「${value(v, 'value')}」这一项，可填：${value(v, 'names')}`
        : '不在可选项里，请从列表中选择',
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
    encrypted_with_other_secret:
      '读不出来：这里的内容是用另一个 ZHIKE_SECRET 加密的。请管理员恢复原来的 ZHIKE_SECRET（环境变量，或数据文件夹里的 secret 文件）后重启；原内容没有动',
    encrypted_secret_given_up:
      '读不出来：加密它的 ZHIKE_SECRET 已确认丢失。可以重新填写，填写后原内容不再保留',
    encrypted_value_damaged:
      '读不出来：加密的内容被改动或挪动过。请管理员从备份恢复这条记录；原内容没有动',
    id_number_length: '身份证号应为 18 位',
    id_number_character: '身份证号只有数字，末位可以是 X',
    id_number_birth_date: '身份证号里的出生日期不对，请核对',
    id_number_check_digit: '身份证号最后一位校验不符，请对照证件',
    id_number_old_form: '15 位身份证号已停用，请换成 18 位的',
    not_an_id_number: '身份证号只有数字和字母',
    not_a_bank_account: '银行账号应为 8 到 30 位数字',
    not_valid: '这里填得不对，请核对',
    value_out_of_range: '数值超出范围',
    password_too_short: (v: ReasonValues) => `密码至少 ${value(v, 'min') || 8} 位`,
    not_an_amount: '金额应像 1,234.50',
    not_a_username: '用户名只用字母、数字、点和下划线',
    region_unknown: '没有这个地区，请从列表中选择',
    person_unknown: '没有这位同事，请重新选择',
    principal_unknown: '没有这位同事或这个部门，请重新选择',
    member_is_owner: '已经是负责人，不用再加入',
    member_exists: '已经在跟进这位客户，请直接修改',
    until_is_over: '截止日已经过了，请选今天或以后的一天',
    department_unknown: '没有这个部门，请重新选择',
    file_unknown: '这个文件已不在，请重新添加',
    in_the_future: '时间还没到，计划请写成下一步',
    done_in_the_future: '这个时间还没到，没完成的请留空',
    out_of_range: (v: ReasonValues) => `应在 ${value(v, 'min')} 到 ${value(v, 'max')} 之间`,
    contact_not_of_customer: '这位联系人不属于这个客户，请重新选择',
    owner_cannot_see_customer: '负责人看不到这个客户，请换一位或先移交',
  },
  en: {
    input_invalid: 'Some entries need a change; they are marked',
    not_groupable: 'Cannot group by this field',
    action_not_for_entity: 'Records of this kind cannot be changed so',
    share_beyond: 'You can share with your own department only',
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
    not_a_choice: (v) =>
      v.names
        ? `No such choice as “${value(v, 'value')}”: ${value(v, 'names')}`
        : 'Not one of the choices; pick from the list',
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
    encrypted_with_other_secret:
      'Cannot be read: it was encrypted with another ZHIKE_SECRET. Have an administrator bring back the former one (the environment variable, or the file secret in the data folder) and restart; nothing was overwritten',
    encrypted_secret_given_up:
      'Cannot be read: the ZHIKE_SECRET that encrypted it is lost for good. It can be entered anew, which replaces what was there',
    encrypted_value_damaged:
      'Cannot be read: the encrypted content was altered or moved. Have an administrator restore this record from a backup; nothing was overwritten',
    id_number_length: 'An identity number has 18 characters',
    id_number_character: 'An identity number holds digits; only the last may be X',
    id_number_birth_date: 'The birth date in the number cannot be; please check',
    id_number_check_digit: 'The check digit does not fit; compare with the card',
    id_number_old_form: 'Numbers of 15 digits are void; enter the one of 18',
    not_an_id_number: 'An identity number holds digits and letters only',
    not_a_bank_account: 'A bank account has 8 to 30 digits',
    not_valid: 'This is not right; please check',
    value_out_of_range: 'The value is out of range',
    password_too_short: (v) => `A password has at least ${value(v, 'min') || 8} characters`,
    not_an_amount: 'Write the amount like 1,234.50',
    not_a_username: 'Letters, digits, dots and underscores only',
    region_unknown: 'No such region; pick from the list',
    person_unknown: 'No such person; choose again',
    principal_unknown: 'No such person or department; choose again',
    member_is_owner: 'Responsible already; no need to add',
    member_exists: 'Already works with this customer; change the entry instead',
    until_is_over: 'That day is over; choose today or later',
    department_unknown: 'No such department; choose again',
    file_unknown: 'The file is gone; add it again',
    in_the_future: 'That is still to come; make it a next step',
    done_in_the_future: 'That is still to come; leave it empty until it is done',
    out_of_range: (v) => `Between ${value(v, 'min')} and ${value(v, 'max')}`,
    contact_not_of_customer: 'This contact belongs to another customer; choose again',
    owner_cannot_see_customer:
      'The person cannot see this customer; choose another or hand it over first',
  },
})
