import { Button } from 'antd'
import { Ellipsis, FileDown, FileUp, Plus } from 'lucide-react'
import { address } from '#platform/door/client.ts'
import type { ListQuery } from '#platform/lists/source.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Menu, type MenuItem } from '#ui/Menu.tsx'
import { useNarrow } from '#ui/narrow.ts'
import { customerWords } from './messages.ts'

/** At the right of the title: bring in, take out, make one. */
export const ListActions = ({ query, onNew }: { query: ListQuery; onNew: () => void }) => {
  const w = useMessages(customerWords)
  const { may } = useDirectory()
  // A phone has this at the lower edge, under the thumb.
  const narrow = useNarrow()
  const exported = (format: 'csv' | 'xlsx') =>
    address('/customers/export', {
      format,
      q: query.q,
      sort: query.sort,
      filter: query.filter && JSON.stringify(query.filter),
    })
  const items: readonly (MenuItem | undefined)[] = [
    may('customers.import')
      ? { key: 'import', label: w.import, icon: <FileUp />, href: '/imports' }
      : undefined,
    ...(['xlsx', 'csv'] as const).map((format) =>
      may('customers.export')
        ? {
            key: format,
            label: format === 'csv' ? w.exportCsv : w.exportXlsx,
            hint: w.exportHint,
            icon: <FileDown />,
            href: exported(format),
            download: true,
          }
        : undefined,
    ),
  ]
  const shown = items.filter((item) => item !== undefined)
  return (
    <>
      {shown.length > 0 && (
        <Menu label={w.more} items={shown}>
          <Button aria-label={w.more} icon={<Ellipsis />} />
        </Menu>
      )}
      {may('customers.create') && !narrow && (
        <Button type="primary" icon={<Plus />} onClick={onNew}>
          {w.create}
        </Button>
      )}
    </>
  )
}
