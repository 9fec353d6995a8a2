import type { Field, Fields } from '#platform/fields/field.ts'
import { type Machine, mayMove, missingFor, stagesBefore } from '#platform/fields/machine.ts'
import { useLabel, useMessages } from './locale.tsx'
import { stageWords } from './stageWords.ts'

type Values = Readonly<Record<string, unknown>>

/** Why a record cannot come to a stage now, in words; undefined where it can. */
export const useStageHint = () => {
  const w = useMessages(stageWords)
  const label = useLabel()
  return (machine: Machine, from: unknown, to: unknown): string | undefined => {
    if (mayMove(machine, from, to)) return undefined
    const sources = stagesBefore(machine, String(to)).map((each) => label(each.label))
    return sources.length > 0 ? w.onlyFrom(w.listed(sources)) : w.closed
  }
}

/** The same of a record that is at hand, with what is still to be filled in for the stage. */
export const useStageTrouble = () => {
  const w = useMessages(stageWords)
  const label = useLabel()
  const hint = useStageHint()
  return (
    { machine }: Field,
    fields: Fields,
    record: Values,
    name: string,
    to: unknown,
  ): string | undefined => {
    if (!machine || record[name] === to) return undefined
    const unreachable = hint(machine, record[name], to)
    if (unreachable) return unreachable
    const missing = missingFor(machine, to, fields, record).flatMap((need) => {
      const field = fields[need]
      return field && need in record ? [label(field.label)] : []
    })
    return missing.length > 0 ? w.needs(w.listed(missing)) : undefined
  }
}
