import { ApiProblem } from '#platform/door/client.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useReasons } from '#ui/useReasons.ts'

/** A refusal at its field; one that names no field stands at the `first`. */
export const useNotes = (problem: unknown, first: string) => {
  const say = useReasons()
  const sayFailure = useFailureWords()
  return (path: string) => {
    if (!problem) return undefined
    const errors = problem instanceof ApiProblem ? problem.errors : []
    const own = errors.find((error) => error.path === path)
    if (own) return say(own)
    return errors.length === 0 && path === first ? sayFailure(problem) : undefined
  }
}

/** Why it was refused: the fault of the field, where it is one. */
export const reasonOf = (problem: unknown) =>
  problem instanceof ApiProblem ? (problem.errors[0]?.reason ?? problem.reason) : undefined
