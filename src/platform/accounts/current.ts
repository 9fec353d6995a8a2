import type { Accounts } from './accounts.ts'

const state: { accounts: Accounts | undefined } = { accounts: undefined }

/** Filled once by the composition. */
export const setAccounts = (accounts: Accounts) => {
  state.accounts = accounts
}

export const accounts = (): Accounts => {
  if (!state.accounts) throw new Error('Accounts are not open')
  return state.accounts
}
