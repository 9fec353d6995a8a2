import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { ExportSettings } from '#platform/exports/contract.ts'
import type { ImportSettings } from '#platform/imports/contract.ts'

/** How long imports keep what they read; administrators change it. */
export const useImportSettings = () => useSettings<ImportSettings>('/import-settings')

/** From how many rows on, for how long and with which line above them files are made. */
export const useExportSettings = () => useSettings<ExportSettings>('/export-settings')

const useSettings = <S>(path: string) => {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => call<S>('GET', path, { signal }),
  })
  const save = useMutation({
    mutationFn: (settings: S) => call<S>('PUT', path, { body: settings }),
    onSuccess: (settings) => client.setQueryData([path], settings),
  })
  return { data, save }
}
