import { regions } from '../china/regions.ts'
import { Reply } from '../door/contract.ts'

const day = 86_400

/** Code, name and the code above, of every region; the browser keeps it for a day. */
export const list = async () =>
  new Reply(
    {
      items: regions().map(({ code, name, parent }): [string, string, string] => [
        code,
        name,
        parent ?? '',
      ]),
    },
    { 'cache-control': `private, max-age=${day}` },
  )
