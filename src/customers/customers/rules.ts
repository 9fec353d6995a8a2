import type { Label } from '#platform/fields/field.ts'

const option = <const V extends string>(value: V, zh: string, en: string) => ({
  value,
  label: { zh, en } satisfies Label,
})

export const customerKinds = [
  option('organisation', '单位', 'Organisation'),
  option('person', '个人', 'Person'),
  option('household', '家庭', 'Household'),
] as const

export const stages = [
  option('prospect', '潜在', 'Prospect'),
  option('contacted', '接触', 'Contacted'),
  option('active', '成交', 'Active'),
  option('dormant', '沉睡', 'Dormant'),
  option('lost', '流失', 'Lost'),
  option('won_back', '挽回', 'Won back'),
] as const
export type Stage = (typeof stages)[number]['value']

/**
 * Where a customer's stage may go by a person's hand. An import and the creation of a record may
 * set any stage, as a firm brings its history with it.
 */
export const stageMoves: Record<Stage, readonly Stage[]> = {
  prospect: ['contacted', 'active', 'lost'],
  contacted: ['prospect', 'active', 'dormant', 'lost'],
  active: ['dormant', 'lost'],
  dormant: ['contacted', 'active', 'lost'],
  lost: ['won_back', 'contacted'],
  won_back: ['active', 'dormant', 'lost'],
}

/** The stages from which a customer may be brought to this one. */
export const stagesBefore = (stage: Stage): readonly Stage[] =>
  stages.map(({ value }) => value).filter((from) => stageMoves[from].includes(stage))

type Kind = (typeof customerKinds)[number]['value']

/** What a firm should know of every customer of a kind. */
export const basicItems: Record<Kind, readonly string[]> = {
  organisation: [
    'owner_id',
    'phones',
    'region',
    'address',
    'credit_code',
    'legal_representative',
    'industry',
    'staff_count',
    'source',
    'preferences',
  ],
  person: [
    'owner_id',
    'phones',
    'wechat',
    'region',
    'address',
    'gender',
    'birth_date',
    'occupation',
    'source',
    'preferences',
  ],
  household: ['owner_id', 'phones', 'wechat', 'region', 'address', 'source', 'preferences'],
}

/**
 * How complete a customer is: the items asked of its kind and which of them are missing. Items that
 * the reader may not see (`isKnown` refuses them) count for nothing.
 */
export const completenessOf = (
  kind: Kind,
  given: (item: string) => unknown,
  isKnown: (item: string) => boolean = () => true,
) => {
  const asked = basicItems[kind].filter(isKnown)
  return { asked, missing: asked.filter((item) => isEmpty(given(item))) }
}

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)

export const genders = [
  option('male', '男', 'Male'),
  option('female', '女', 'Female'),
  option('unknown', '未知', 'Unknown'),
] as const

/** Yearly income bands; the firm's own bands come with custom fields. */
export const incomeLevels = [
  option('low', '10 万以下', 'Below 100k'),
  option('middle', '10–30 万', '100k–300k'),
  option('upper', '30–100 万', '300k–1m'),
  option('high', '100 万以上', 'Above 1m'),
] as const
