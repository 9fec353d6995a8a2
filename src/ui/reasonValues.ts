export type ReasonValues = Readonly<Record<string, string | number>>

/** A figure or name of a message; empty when the refusal does not bring it. */
export const value = (values: ReasonValues, key: string) => String(values[key] ?? '')
