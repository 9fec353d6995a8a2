import { Button } from 'antd'
import { useTravel } from '#ui/Anchor.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { useMessages } from '#ui/locale.tsx'
import { customerWords } from './messages.ts'

type Props = { narrowed: boolean; onClear: () => void; onNew: () => void }

/** Nobody yet, or nobody who fits the conditions. */
export const CustomersEmpty = ({ narrowed, onClear, onNew }: Props) => {
  const w = useMessages(customerWords)
  const { go } = useTravel()
  const { may } = useDirectory()
  if (narrowed)
    return (
      <Empty
        drawing="search"
        title={w.nothingTitle}
        text={w.nothingText}
        action={<Button onClick={onClear}>{w.clear}</Button>}
      />
    )
  return (
    <Empty
      drawing="desk"
      title={w.emptyTitle}
      text={w.emptyText}
      action={
        <>
          {may('customers.import') && (
            <Button type="primary" onClick={() => go('/settings/imports')}>
              {w.import}
            </Button>
          )}
          {may('customers.create') && <Button onClick={onNew}>{w.create}</Button>}
        </>
      }
    />
  )
}
