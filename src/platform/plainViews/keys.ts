/** Needed to see what is shown shortened; with the second no reason is asked for. */
export const plainKey = 'fields.plain'
export const freelyKey = 'fields.plain_freely'

/** The longest reason, in characters. */
export const mostReason = 200
