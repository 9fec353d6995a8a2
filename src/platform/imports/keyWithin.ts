/** A key recognises a record within its customer only. */
export const keyWithin = (customer_id: unknown, key: string) => `${customer_id} ${key}`

/** The key itself, without the customer. */
export const keyAlone = (key: string) => key.slice(key.indexOf(' ') + 1)

/** The customer within which it stands. */
export const customerIn = (key: string) => key.slice(0, key.indexOf(' '))
