import type { Kind } from '../fields/field.ts'

/** Needed to see what is shown shortened; with the second no reason is asked for. */
export const plainKey = 'fields.plain'
export const freelyKey = 'fields.plain_freely'

/** The longest reason, in characters. */
export const mostReason = 200

/** A whole value of these is known or not; those of few values, or that hold others, could be tried out. */
export const telling: readonly Kind[] = [
  ...(['idNumber', 'bankAccount', 'phone', 'phones', 'email', 'code'] as const),
  ...(['link', 'text', 'longText'] as const),
]

/** So often within an hour a person may look for a whole value of what they see shortened. */
export const mostMatches = 30
/** So many records that hold a value are shown. */
export const mostFound = 20
