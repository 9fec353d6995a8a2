/** Who a contact is in a purchase (the buying centre). */
export const decisionRoles = [
  { value: 'decider', label: { zh: '决策人', en: 'Decider' } },
  { value: 'influencer', label: { zh: '影响人', en: 'Influencer' } },
  { value: 'buyer', label: { zh: '采购人', en: 'Buyer' } },
  { value: 'user', label: { zh: '使用人', en: 'User' } },
  { value: 'gatekeeper', label: { zh: '把关人', en: 'Gatekeeper' } },
] as const
