import * as z from 'zod/mini'
import { endpoint, fileOutput } from '../door/contract.ts'

/** A browser opens the line anew by itself; so no line stays open for ever. */
const longest = 600

export const live = {
  watch: endpoint({
    method: 'GET',
    path: '/live',
    permission: 'signed_in',
    summary: {
      zh: '实时变化（server-sent events）',
      en: 'Changes as they happen (server-sent events)',
    },
    input: z.strictObject({
      /** After so many seconds the line ends. */
      seconds: z._default(
        z.pipe(
          z.string().check(z.regex(/^\d{1,3}$/, 'not_an_integer')),
          z.pipe(z.transform(Number), z.number().check(z.maximum(longest, 'too_large'))),
        ),
        longest,
      ),
      /** The place that an earlier line named last: what has happened since is told first. */
      after: z.optional(z.string().check(z.maxLength(80, 'too_long'))),
    }),
    output: fileOutput,
    request: true,
    download: true,
    stored: true,
  }),
}
