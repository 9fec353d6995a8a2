import * as z from 'zod/mini'
import { endpoint } from '#platform/door/contract.ts'
import { fileShape } from '#platform/files/contract.ts'
import { crud, presented, within } from '#platform/lists/crud.ts'
import { creating, creatingWith } from '#platform/lists/inputs.ts'
import { task } from '../tasks/fields.ts'
import { interaction } from './fields.ts'

/** An interaction with its files, as every answer about a single one shows it. */
export const interactionShape = z.intersection(
  presented(interaction),
  z.object({ files: z.array(fileShape) }),
)

const { create, get, update, ...rest } = crud(interaction)

export const interactions = {
  ...rest,
  within: within(interaction),
  get: endpoint({ ...get, output: interactionShape }),
  create: endpoint({
    ...create,
    input: creatingWith(interaction, {
      at: z.optional(interaction.fields.at.read),
      file_ids: z.optional(z.array(z.uuid('not_an_id')).check(z.maxLength(50, 'too_many'))),
      next_step: z.optional(creating(task)),
    }),
    output: interactionShape,
  }),
  update: endpoint({ ...update, output: interactionShape }),
}
