export type Change = { name: string; from: unknown; to: unknown }

/** The changes that an event tells, `{ changes: { stage: ['prospect', 'active'] } }`, in their order. */
export const changesOf = ({ changes }: Record<string, unknown>): readonly Change[] => {
  if (typeof changes !== 'object' || changes === null) return []
  return Object.entries(changes).flatMap(([name, sides]) =>
    Array.isArray(sides) ? [{ name, from: sides[0], to: sides[1] }] : [],
  )
}

/** What a record of an event is called: its title as told, or the value it was made with. */
export const titleIn = (payload: Record<string, unknown>, field: string): string | undefined => {
  const { title, values } = payload
  if (typeof title === 'string') return title
  const made: unknown = typeof values === 'object' && values !== null && Reflect.get(values, field)
  return typeof made === 'string' ? made : undefined
}
