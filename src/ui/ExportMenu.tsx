import { Button } from 'antd'
import { Ellipsis, FileDown, FileUp, ListChecks } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import { exportAddress, type ListQuery } from '#platform/lists/source.ts'
import { useDirectory } from './directory.tsx'
import { exportWords } from './exportWords.ts'
import { useMessages } from './locale.tsx'
import { Menu } from './Menu.tsx'

const ExportDialog = lazy(() =>
  import('./ExportDialog.tsx').then((module) => ({ default: module.ExportDialog })),
)

type Props = { entity: Entity; query: ListQuery }

/** Brings a table in; takes a list out as a file, as it is filtered and sorted: at once, or with a choice of fields. */
export const ExportMenu = ({ entity, query }: Props) => {
  const w = useMessages(exportWords)
  const { may } = useDirectory()
  const [choosing, setChoosing] = useState(false)
  const allowed = may(`${entity.plural}.export`)
  const files = (['xlsx', 'csv'] as const).map((format) => ({
    key: format,
    label: w[format],
    hint: w.hint,
    icon: <FileDown />,
    href: exportAddress(`/${entity.plural}`, query, format),
    download: true,
  }))
  const options = {
    key: 'options',
    label: w.options,
    icon: <ListChecks />,
    run: () => setChoosing(true),
  }
  const bring = {
    key: 'import',
    label: w.import,
    icon: <FileUp />,
    href: `/settings/imports?kind=${entity.plural}`,
  }
  const shown = [
    ...(may(`${entity.plural}.import`) ? [bring] : []),
    ...(allowed ? [...files, options] : []),
  ]
  if (shown.length === 0) return null
  return (
    <>
      <Menu label={w.more} items={shown}>
        <Button aria-label={w.more} icon={<Ellipsis />} />
      </Menu>
      <Suspense>
        {choosing && (
          <ExportDialog entity={entity} taken={{ query }} onClose={() => setChoosing(false)} />
        )}
      </Suspense>
    </>
  )
}
