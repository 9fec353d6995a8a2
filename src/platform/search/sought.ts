import * as z from 'zod/mini'

/** What a person looks for. Control characters are no text to look for, and PostgreSQL stores no NUL. */
export const soughtText = z.string().check(
  z.maxLength(200, 'too_long'),
  z.overwrite((text) => text.replace(/\p{Cc}/gu, ' ').toWellFormed()),
)
