import type { Field } from '#platform/fields/field.ts'
import * as f from '#platform/fields/kinds.ts'
import { Anchor } from '#ui/Anchor.tsx'

/** The customer of a record below it, as a column: every list answers its name along with the row. */
export const customerColumn: Field = f.reference({
  label: { zh: '客户', en: 'Customer' },
  to: 'customer',
  set: 'system',
})

export const CustomerCell = ({
  row,
}: {
  row: { customer_id: string; customer_name?: string | undefined }
}) => (
  <Anchor className="row-link" href={`/customers/${row.customer_id}`} title={row.customer_name}>
    {row.customer_name}
  </Anchor>
)
