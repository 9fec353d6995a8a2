import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, call } from '#platform/door/client.ts'
import type { Dates, Decisions, ImportAnswer } from '#platform/imports/contract.ts'
import { refreshLists } from '#platform/lists/source.ts'
import { tableRefusals } from '#platform/tables/refusals.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useReasons } from '#ui/useReasons.ts'

export type Settings = {
  header_row?: number
  dates?: Dates
  decisions?: Decisions
  mapping?: (string | null)[]
  mode?: ImportAnswer['mode']
  key?: string | null
  owner_id?: number | null
  encoding?: string
  separator?: string
  sheet?: string
}

// Often enough to look alive, seldom enough for two cores.
const pollEvery = 700

export const isWorking = ({ status }: Pick<ImportAnswer, 'status'>) =>
  status === 'checking' || status === 'running' || status === 'undoing'

export const importKey = (id: string) => ['import', id] as const
export const importsKey = ['imports'] as const

/** One import, asked for again and again while the server works on it. */
export const useImport = (id: string) =>
  useQuery({
    queryKey: importKey(id),
    queryFn: ({ signal }) => call<ImportAnswer>('GET', `/imports/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? pollEvery : false),
  })

/** What can be done with an import. Settings are kept as they are chosen, one change after the other. */
export const useImportActions = (id: string) => {
  const client = useQueryClient()
  const path = `/imports/${id}`
  const tell = useTell(client, id)
  const set = useMutation({
    // One at a time: each change needs the version that the one before gave.
    scope: { id: path },
    mutationFn: (settings: Settings) =>
      call<ImportAnswer>('PATCH', path, { body: settings, version: versionOf(client, id) }),
    onMutate: ({ mapping, mode, key, owner_id }: Settings) =>
      client.setQueryData<ImportAnswer>(
        importKey(id),
        (before) =>
          before && {
            ...before,
            ...(mapping && { mapping }),
            ...(mode && { mode }),
            ...(key !== undefined && { key }),
            ...(owner_id !== undefined && { owner_id }),
          },
      ),
    ...tell,
  })
  const begin = (verb: 'check' | 'run' | 'undo') => () =>
    call<ImportAnswer>('POST', `${path}/${verb}`)
  const check = useMutation({ scope: { id: path }, mutationFn: begin('check'), ...tell })
  const run = useMutation({ scope: { id: path }, mutationFn: begin('run'), ...tell })
  const cancel = useMutation({
    mutationFn: async (working: ImportAnswer) => {
      const stopped = await call<ImportAnswer>('POST', `${path}/cancellation`)
      if (working.status === 'running') return stopped
      // Of a check nothing remains: back to the settings.
      return call<ImportAnswer>('PATCH', path, { body: {}, version: stopped.version })
    },
    ...tell,
  })
  const undo = async () => tell.onSuccess(await begin('undo')())
  return { set, check, run, cancel, undo }
}

const versionOf = (client: QueryClient, id: string) =>
  client.getQueryData<ImportAnswer>(importKey(id))?.version ?? 0

const useTell = (client: QueryClient, id: string) => {
  const toast = useToast()
  const say = useFailureWords(tableRefusals)
  const reason = useReasons()
  return {
    onSuccess: (answer: ImportAnswer) => {
      client.setQueryData(importKey(id), answer)
      void client.invalidateQueries({ queryKey: importsKey })
    },
    onError: (problem: Error) => {
      const first = problem instanceof ApiProblem ? problem.errors[0] : undefined
      toast({
        tone: 'failed',
        text: first ? reason(first) : say(problem),
      })
      void client.invalidateQueries({ queryKey: importKey(id) })
    },
  }
}

/** Everything that shows records of this kind is another once an import has run. */
export const refreshImported = (client: QueryClient, plural: string) => {
  void client.invalidateQueries({ queryKey: importsKey })
  void refreshLists(client, `/${plural}`, '/contacts', '/tasks')
}
