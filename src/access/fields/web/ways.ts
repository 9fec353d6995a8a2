import type { Field } from '#platform/fields/field.ts'
import type { Machine, Stage } from '#platform/fields/machine.ts'
import type { Shape, useDefinitions } from './definitions.ts'

type Told = NonNullable<ReturnType<typeof useDefinitions>['data']>

/** A field whose choices are stages, with the version to change them by. */
export type Way = Shape & {
  id: string
  name: string
  field: Field
  machine: Machine
  version: number
}

/** Every field with stages, those of administrators included. */
export const waysIn = (shapes: readonly Shape[], told: Told): Way[] =>
  shapes.flatMap((shape) =>
    Object.entries(shape.entity.fields).flatMap(([name, field]) => {
      const id = `${shape.entity.name}.${name}`
      const { machine } = field
      return machine ? [{ ...shape, id, name, field, machine, version: versionIn(told, id) }] : []
    }),
  )

/** The added choices that could become stages. */
export const candidatesIn = (shapes: readonly Shape[], told: Told) =>
  shapes.flatMap(({ entity }) =>
    Object.entries(entity.fields).flatMap(([name, field]) => {
      const fits = field.custom && field.kind === 'choice' && !field.dictionary && !field.machine
      const id = `${entity.name}.${name}`
      return fits ? [{ entity, id, field, version: versionIn(told, id) }] : []
    }),
  )

/** A stage was the first version that the program brings until somebody changes it. */
const versionIn = ({ machines }: Told, id: string) =>
  machines.find((each) => each.id === id)?.version ?? 1

/** Every move is open at first, so that nothing is stuck before somebody has thought about it. */
export const openMachine = ({ choices = [] }: Field): Machine => ({
  stages: choices.map(({ value, label, retired, aliases }) => ({
    ...{ value, label: { ...label }, meaning: 'open' as const, needs: [] },
    ...(retired && { retired }),
    ...(aliases && { aliases: [...aliases] }),
  })),
  moves: Object.fromEntries(
    choices.map(({ value }) => [
      value,
      choices.flatMap((other) => (other.value === value ? [] : [other.value])),
    ]),
  ),
})

export type StageDraft = Stage & { to: readonly string[]; from: readonly string[] }

/** A stage with the moves from it and to it. */
export const draftOf = (machine: Machine, stage: Stage): StageDraft => ({
  ...stage,
  to: machine.moves[stage.value] ?? [],
  from: machine.stages.flatMap(({ value }) =>
    machine.moves[value]?.includes(stage.value) ? [value] : [],
  ),
})

/** A stage that is yet to be named; its value says nothing, so that no name ever makes it wrong. */
export const newDraft = ({ stages }: Machine): StageDraft => {
  const taken = new Set(stages.map(({ value }) => value))
  let next = 1
  while (taken.has(`s${next}`)) next += 1
  return {
    ...{ value: `s${next}`, label: { zh: '', en: '' }, meaning: 'open', needs: [] },
    ...{ to: [], from: [] },
  }
}

/** The machine with this stage as it is drafted, last if it is new. */
export const withStage = (machine: Machine, { to, from, ...stage }: StageDraft): Machine => {
  const known = machine.stages.some(({ value }) => value === stage.value)
  const stages = known
    ? machine.stages.map((each) => (each.value === stage.value ? stage : each))
    : [...machine.stages, stage]
  const others = machine.stages.filter(({ value }) => value !== stage.value)
  const moves = others.map(({ value }): [string, string[]] => {
    const next = (machine.moves[value] ?? []).filter((each) => each !== stage.value)
    return [value, from.includes(value) ? [...next, stage.value] : next]
  })
  return { stages, moves: { ...Object.fromEntries(moves), [stage.value]: [...to] } }
}

export const withoutStage = ({ stages, moves }: Machine, gone: string): Machine => ({
  stages: stages.filter(({ value }) => value !== gone),
  moves: Object.fromEntries(
    Object.entries(moves)
      .filter(([value]) => value !== gone)
      .map(([value, next]) => [value, next.filter((each) => each !== gone)]),
  ),
})

/** The same with two neighbours in the other order. */
export const swapped = (machine: Machine, place: number, other: number): Machine => {
  const stages = [...machine.stages]
  const [one, two] = [stages[place], stages[other]]
  if (!one || !two) return machine
  stages[place] = two
  stages[other] = one
  return { ...machine, stages }
}
