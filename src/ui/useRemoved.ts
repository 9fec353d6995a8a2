import { useQueryClient } from '@tanstack/react-query'
import type { BinOutcome } from '#platform/bin/contract.ts'
import { call } from '#platform/door/client.ts'
import { useTravel } from './Anchor.tsx'
import { binWords } from './binWords.ts'
import { useFailureWords } from './Failure.tsx'
import { useMessages } from './locale.tsx'
import { useToast } from './Toasts.tsx'
import { useReasons } from './useReasons.ts'

type Deletion = { customer_id: string; deletion_id: string; title: string }

/** Says that something was deleted, with the way back beside it. */
export const useRemoved = () => {
  const w = useMessages(binWords)
  const { go } = useTravel()
  const toast = useToast()
  const client = useQueryClient()
  const say = useReasons()
  const failure = useFailureWords()
  const restore = async ({ customer_id, deletion_id, title }: Deletion) => {
    try {
      const { problems } = await call<BinOutcome>('POST', '/bin/restoration', {
        body: { rows: [{ customer_id, id: deletion_id }] },
      })
      const [problem] = problems
      if (problem)
        toast({
          tone: 'failed',
          text: w.notRestored(say({ reason: problem.reason, values: customerOf(problem.facts) })),
        })
      else toast({ text: w.restored(title) })
    } catch (problem) {
      toast({ tone: 'failed', text: failure(problem) })
    }
    await client.invalidateQueries()
  }
  return (text: string, deletion: Deletion) =>
    toast({
      text,
      undo: () => void restore(deletion),
      action: { label: w.bin, run: () => go('/settings/bin') },
    })
}

/** The customer that a problem of the bin names, for its words. */
export const customerOf = (facts: Readonly<Record<string, unknown>> = {}) => ({
  customer: typeof facts.customer === 'string' ? facts.customer : '',
})
