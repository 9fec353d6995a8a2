import { useMessages } from '#ui/locale.tsx'
import { CustomerCell } from '../../customers/web/CustomerCell.tsx'
import { type AnyRecord, customerHref } from './kind.ts'
import { kindWords } from './messages.ts'

/** Whom a record belongs to: the customer as a link, or the firm itself in quiet words. */
export const Whose = ({ row }: { row: Pick<AnyRecord, 'customer_id' | 'customer_name'> }) => {
  const w = useMessages(kindWords)
  if (!customerHref(row)) return <span className="quiet">{w.inside}</span>
  return <CustomerCell row={row} />
}
