import { Button } from 'antd'
import { Plus } from 'lucide-react'
import type { ListQuery } from '#platform/lists/source.ts'
import { useDirectory } from '#ui/directory.tsx'
import { ExportMenu } from '#ui/ExportMenu.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import { customer } from '../fields.ts'
import { customerWords } from './messages.ts'

/** At the right of the title: bring in, take out, make one. */
export const ListActions = ({ query, onNew }: { query: ListQuery; onNew: () => void }) => {
  const w = useMessages(customerWords)
  const { may } = useDirectory()
  // A phone has this at the lower edge, under the thumb.
  const narrow = useNarrow()
  return (
    <>
      <ExportMenu entity={customer} query={query} />
      {may('customers.create') && !narrow && (
        <Button type="primary" icon={<Plus />} onClick={onNew}>
          {w.create}
        </Button>
      )}
    </>
  )
}
