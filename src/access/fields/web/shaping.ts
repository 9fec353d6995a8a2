import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Dictionary } from '#platform/dictionaries/contract.ts'
import { call } from '#platform/door/client.ts'
import type { Machine } from '#platform/fields/machine.ts'
import type { StageWay } from '#platform/stages/contract.ts'
import { fieldsKey } from './definitions.ts'

type ShapeWrite =
  | { do: 'addDictionary'; dictionary: Pick<Dictionary, 'label' | 'entries'> }
  | { do: 'changeDictionary'; dictionary: Dictionary }
  | { do: 'deleteDictionary'; dictionary: Dictionary }
  | { do: 'stages'; id: string; version: number; machine: Machine }
  | { do: 'plainChoice'; id: string; version: number }

/** Writes lists and stages; every screen shows them from then on. */
export const useShapeWrite = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (write: ShapeWrite) => send(write),
    onSettled: () => client.invalidateQueries({ queryKey: fieldsKey }),
  })
}

const send = async (write: ShapeWrite): Promise<unknown> => {
  switch (write.do) {
    case 'addDictionary':
      return call<Dictionary>('POST', '/dictionaries', { body: write.dictionary })
    case 'changeDictionary': {
      const { id, version, ...body } = write.dictionary
      return call<Dictionary>('PATCH', `/dictionaries/${id}`, { body, version })
    }
    case 'deleteDictionary': {
      const { id, version } = write.dictionary
      return call('DELETE', `/dictionaries/${id}`, { version })
    }
    case 'stages': {
      const { id, version, machine } = write
      return call<StageWay>('PUT', `/stages/${id}`, { body: machine, version })
    }
    case 'plainChoice':
      return call('DELETE', `/stages/${write.id}`, { version: write.version })
  }
}
