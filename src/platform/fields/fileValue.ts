import * as z from 'zod/mini'

/** A file as a record tells it: enough to name it, its content has an address of its own. */
export type FileValue = {
  id: string
  name: string
  size: number
  media_type: string
  /** Where its content is asked for; told with a record, not stored. */
  customer_id?: string | undefined
}

/** Stands in a form for a file that is still on its way. */
export const arriving = 'arriving'
const most = 20

const id = z.string({ error: 'not_an_id' }).check(
  z.refine((value) => value !== arriving, 'file_arriving'),
  z.uuid('not_an_id'),
)

/** A caller gives ids, or gives back what it was told; the record knows the rest. */
const one = z.pipe(
  z.union([id, z.looseObject({ id })]),
  z.transform((given): FileValue => {
    const of = typeof given === 'string' ? given : given.id
    return { id: of, name: '', size: 0, media_type: '' }
  }),
)

export const fileList = z.array(one, { error: 'not_a_list' }).check(
  z.maxLength(most, 'too_many'),
  z.overwrite((list) => [...new Map(list.map((each) => [each.id, each])).values()]),
)

export const fileShape = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  media_type: z.string(),
  customer_id: z.optional(z.string()),
})

/** The files that a stored or told value holds. */
export const filesIn = (value: unknown): FileValue[] =>
  Array.isArray(value) ? value.filter(isFile) : []

const isFile = (value: unknown): value is FileValue =>
  typeof value === 'object' && value !== null && 'id' in value && 'name' in value
