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
