import type { Fields, Label } from '#platform/fields/field.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { valueIn } from '#ui/recordColumns.ts'
import { customer } from '../fields.ts'
import { completenessOf } from '../rules.ts'
import type { Customer } from './look.tsx'
import { pageWords } from './pageMessages.ts'

const labelOf = (name: string): Label | undefined => {
  const fields: Fields = customer.fields
  return fields[name]?.label
}

/** How much of what a firm should know is known, and what to ask next time. */
export const Completeness = (props: { record: Customer; onEdit?: (() => void) | undefined }) => {
  const w = useMessages(pageWords)
  const label = useLabel()
  const { rightOf } = useDirectory()
  const { asked, missing } = completenessOf(
    props.record.kind,
    (item) => valueIn(props.record, item),
    (item) => {
      const right = rightOf('customer', item)
      // What is covered whole reads as empty; whether it is filled cannot be told.
      const covered = right === 'masked' && !valueIn(props.record, item)
      return right !== 'hidden' && !covered
    },
  )
  const filled = asked.length - missing.length
  const names = missing.flatMap((item) => labelOf(item) ?? []).map(label)
  return (
    <section className="completeness" aria-label={w.complete}>
      <p>
        <span className="quiet">{w.complete}</span>
        <span className="figure">{w.completeOf(filled, asked.length)}</span>
      </p>
      <span className="share" aria-hidden="true">
        <span style={{ width: `${(filled / asked.length) * 100}%` }} />
      </span>
      <p className="completeness-words">
        {missing.length === 0 ? (
          <span className="quiet">{w.whole}</span>
        ) : (
          <>
            <span className="quiet">
              {w.missing} {w.and(names)}
            </span>
            {props.onEdit && (
              <button type="button" className="link" onClick={props.onEdit}>
                {w.fill}
              </button>
            )}
          </>
        )}
      </p>
    </section>
  )
}
