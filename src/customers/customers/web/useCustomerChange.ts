import { useQueryClient } from '@tanstack/react-query'
import { ApiProblem } from '#platform/door/client.ts'
import { recordKey, refreshAround, useChange } from '#platform/lists/source.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useToast } from '#ui/Toasts.tsx'
import type { Customer } from './look.tsx'

type Values = Record<string, unknown>

/**
 * Changes a customer from its page, without a form: shown at once, with a way back. Where somebody
 * changed other things meanwhile the change is made on top of theirs; where they changed the same,
 * theirs is shown and `taken` is said.
 */
export const useCustomerChange = (record: Customer) => {
  const client = useQueryClient()
  const toast = useToast()
  const say = useFailureWords()
  const change = useChange<Customer>('/customers')
  const path = `/customers/${record.id}`

  const set = async (version: number, values: Values): Promise<Customer> => {
    try {
      return await change.mutateAsync({ id: record.id, version, change: values })
    } catch (problem) {
      const theirs = versionNow(problem)
      if (theirs === undefined) throw problem
      await client.invalidateQueries({ queryKey: recordKey(path) })
      if (changedBy(problem).some((name) => name in values)) throw problem
      return set(theirs, values)
    }
  }

  return async (values: Values, before: Values, text: string, taken: string) => {
    try {
      const saved = await set(record.version, values)
      const undo = () =>
        set(saved.version, before)
          .catch((problem) => toast({ tone: 'failed', text: say(problem) }))
          .finally(() => refreshAround(client, path))
      toast({ text, undo: () => void undo() })
    } catch (problem) {
      const conflict = versionNow(problem) !== undefined
      toast({ tone: 'failed', text: conflict ? taken : say(problem) })
    } finally {
      void refreshAround(client, path)
    }
  }
}

const versionNow = (problem: unknown) => {
  if (!(problem instanceof ApiProblem) || problem.status !== 412) return undefined
  const { current } = problem.facts
  if (typeof current !== 'object' || current === null || !('version' in current)) return undefined
  return typeof current.version === 'number' ? current.version : undefined
}

const changedBy = (problem: unknown): readonly string[] => {
  const changed = problem instanceof ApiProblem ? problem.facts.changed : undefined
  return Array.isArray(changed) ? changed.map(String) : []
}
