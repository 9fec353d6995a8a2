import type * as z from 'zod/mini'
import type { FieldError } from '../errors/error.ts'

type Issue = z.core.$ZodIssue

/** Says what is wrong with an input, by path, with reasons that the web has words for. */
export const fieldErrors = (issues: readonly Issue[]): FieldError[] =>
  issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join('.'),
        reason: 'unknown_key',
      }))
    const path = issue.path.join('.')
    if (issue.code === 'too_big')
      return [{ path, reason: reasonOf(issue, 'too_long'), values: { max: Number(issue.maximum) } }]
    if (issue.code === 'too_small')
      return [
        { path, reason: reasonOf(issue, 'too_short'), values: { min: Number(issue.minimum) } },
      ]
    if (issue.code === 'invalid_type' && issue.input === undefined)
      return [{ path, reason: 'required' }]
    return [{ path, reason: reasonOf(issue, 'not_valid') }]
  })

/** Our own reasons are snake_case keys; anything else is the library's English sentence. */
const reasonOf = (issue: Issue, otherwise: string) =>
  /^[a-z][a-z0-9_]*$/.test(issue.message) ? issue.message : otherwise
