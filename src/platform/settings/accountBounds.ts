/** What user names and passwords may be, for every place that takes one; the browser reads it too. */
export const usernameBounds = { min: 2, max: 40, letters: /^[A-Za-z0-9_.]+$/ } as const
export const passwordBounds = { min: 8, max: 200 } as const
