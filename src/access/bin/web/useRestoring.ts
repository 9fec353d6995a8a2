import { useState } from 'react'
import type { BinEntry, BinProblem } from '#platform/bin/contract.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useBinWrites } from './bin.ts'
import { recycleWords } from './messages.ts'

/** Brings entries back; asks who is responsible where nobody is any more, and tells what stays and why. */
export const useRestoring = (onDone: () => void) => {
  const w = useMessages(recycleWords)
  const toast = useToast()
  const say = useFailureWords()
  const { restore } = useBinWrites()
  const [problems, setProblems] = useState<readonly BinProblem[]>()
  const [tried, setTried] = useState<readonly BinEntry[]>([])
  const [waiting, setWaiting] = useState<readonly BinEntry[]>()
  const bring = async (entries: readonly BinEntry[], owner?: number) => {
    const outcome = await restore.mutateAsync({ entries, ...(owner !== undefined && { owner }) })
    const ownerless = new Set(
      outcome.problems.filter(({ reason }) => reason === 'owner_gone').map(({ id }) => id),
    )
    const others = outcome.problems.filter(({ id }) => !ownerless.has(id))
    if (outcome.done.length > 0) toast({ text: w.restored(outcome.done.length) })
    setTried(entries)
    setProblems(others.length > 0 ? others : undefined)
    setWaiting(ownerless.size > 0 ? entries.filter(({ id }) => ownerless.has(id)) : undefined)
    onDone()
  }
  const begin = (entries: readonly BinEntry[]) =>
    bring(entries).catch((problem) => toast({ tone: 'failed', text: say(problem) }))
  return {
    restore: (entries: readonly BinEntry[]) => void begin(entries),
    problems,
    tried,
    close: () => setProblems(undefined),
    ownerless: waiting && {
      entries: waiting,
      onClose: () => setWaiting(undefined),
      onChoose: (owner: number) => bring(waiting, owner),
    },
  }
}
