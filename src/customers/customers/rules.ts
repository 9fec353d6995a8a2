import type { Label } from '#platform/fields/field.ts'
import type { Machine, Meaning } from '#platform/fields/machine.ts'

const option = <const V extends string>(value: V, zh: string, en: string) => ({
  value,
  label: { zh, en } satisfies Label,
})

export const customerKinds = [
  option('organisation', '单位', 'Organisation'),
  option('person', '个人', 'Person'),
  option('household', '家庭', 'Household'),
] as const

const step = <const V extends string>(value: V, zh: string, en: string, meaning: Meaning) => ({
  ...option(value, zh, en),
  meaning,
})

export const stages = [
  step('prospect', '潜在', 'Prospect', 'open'),
  step('contacted', '接触', 'Contacted', 'open'),
  step('active', '成交', 'Active', 'won'),
  step('dormant', '沉睡', 'Dormant', 'won'),
  step('lost', '流失', 'Lost', 'lost'),
  step('won_back', '挽回', 'Won back', 'won'),
] as const
/** The stages that programs know. Administrators may rename them and add others. */
export type Stage = (typeof stages)[number]['value']

/** Where a customer's stage may go at first, until an administrator shapes it otherwise. */
export const stageMoves: Record<Stage, readonly Stage[]> = {
  prospect: ['contacted', 'active', 'lost'],
  contacted: ['prospect', 'active', 'dormant', 'lost'],
  active: ['dormant', 'lost'],
  dormant: ['contacted', 'active', 'lost'],
  lost: ['won_back', 'contacted'],
  won_back: ['active', 'dormant', 'lost'],
}

export const stageMachine: Machine = {
  stages: stages.map((each) => ({ ...each, needs: [] })),
  moves: Object.fromEntries(Object.entries(stageMoves).map(([from, to]) => [from, [...to]])),
}

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
