import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { type Field, fieldNamed, isList } from '#platform/fields/field.ts'
import { useGroups, withinGroup } from '#platform/lists/groupSource.ts'
import type { Group } from '#platform/lists/groups.ts'
import { useList } from '#platform/lists/source.ts'
import { isPlainClick, useTravel } from './Anchor.tsx'
import { FieldValue } from './FieldValue.tsx'
import { useListFields } from './fields.ts'
import { ListFailure } from './ListFailure.tsx'
import type { ShapeProps } from './ListShape.tsx'
import { listWords } from './listWords.ts'
import { useLabel, useLocale, useMessages } from './locale.tsx'
import { sayNumber } from './numbers.ts'
import { Parts } from './Parts.tsx'
import { isFigure, type Row, valueIn } from './recordColumns.ts'
import { SkeletonText } from './Skeleton.tsx'
import { SumOf, useMeasure } from './SumOf.tsx'
import { useGroupName } from './useGroupName.ts'

type Known = readonly { name: string; field: Field }[]

/** A table whose rows stand under the values of a field, with how many there are and what they come to. */
export const GroupedTable = <R extends Row>(props: ShapeProps<R>) => {
  const { view, by, columns, fields } = props
  const field = fieldNamed(useListFields(view.entity), by)
  const { sum } = useMeasure(view)
  const answer = useGroups(`/${view.entity.plural}`, view.query, by, { sum })
  const w = useMessages(listWords)
  const label = useLabel()
  if (answer.isError)
    return (
      <ListFailure
        failure={answer.error}
        onRetry={() => answer.refetch()}
        onClear={props.onClear}
      />
    )
  if (!answer.data || !field) return <SkeletonText lines={8} />
  const known: Known = columns.flatMap((name) => {
    const each = fieldNamed(fields, name)
    return each ? [{ name, field: each }] : []
  })
  const lead = fieldNamed(fields, props.lead.field)
  return (
    <div className="table-scroll">
      <table className="records grouped" aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col" className="lead">
              {lead && label(lead.label)}
            </th>
            {known.map(({ name, field: each }) => (
              <th key={name} scope="col" className={isFigure(each) ? 'end' : undefined}>
                {label(each.label)}
              </th>
            ))}
          </tr>
        </thead>
        {answer.data.groups.map((group, place) => (
          <Section
            key={String(group.value)}
            {...{ ...props, group, field, known }}
            open={place === 0}
          />
        ))}
      </table>
      {answer.data.groups.length === 0 && props.empty}
      {isList(field) && <p className="quiet group-note">{w.inEach}</p>}
      {answer.data.more && <p className="quiet group-note">{w.more}</p>}
    </div>
  )
}

type SectionProps<R extends Row> = ShapeProps<R> & {
  group: Group
  field: Field
  known: Known
  open: boolean
}

const Section = <R extends Row>(props: SectionProps<R>) => {
  const { group, field, known, view } = props
  const w = useMessages(listWords)
  const locale = useLocale()
  const [open, setOpen] = useState(props.open)
  const name = useGroupName(field)(group.value)
  return (
    <tbody>
      <tr className="group-head">
        <th scope="rowgroup" colSpan={known.length + 1}>
          <button
            type="button"
            aria-expanded={open}
            aria-label={open ? w.foldGroup(name) : w.unfoldGroup(name)}
            onClick={() => setOpen(!open)}
          >
            {open ? <ChevronDown /> : <ChevronRight />}
            {name}
          </button>
          <span className="page-count">{sayNumber(group.count, locale)}</span>
          {group.sum !== undefined && <SumOf view={view} value={group.sum} />}
        </th>
      </tr>
      {open && <Rows {...props} />}
    </tbody>
  )
}

const Rows = <R extends Row>(props: SectionProps<R>) => {
  const { view, by, field, group, known, lead, cells } = props
  const w = useMessages(listWords)
  const { go } = useTravel()
  const path = `/${view.entity.plural}`
  const source = useList<R>(path, withinGroup(view.query, by, field, group.value))
  const open = (row: R) => {
    if (props.onOpen) props.onOpen(row)
    else go(props.hrefOf(row))
  }
  return (
    <>
      {source.rows.map((row) => {
        const line = lead.line?.(row)
        return (
          <tr key={row.id} data-open={row.id === props.openId || undefined}>
            <td className="lead">
              <span className="lead-words">
                <a
                  className="row-link"
                  href={props.hrefOf(row)}
                  onClick={(event) => {
                    if (!isPlainClick(event)) return
                    event.preventDefault()
                    open(row)
                  }}
                >
                  {lead.name(row)}
                </a>
                {line && <Parts className="lead-line" of={line} />}
              </span>
            </td>
            {known.map(({ name, field: each }) => (
              <td key={name} className={isFigure(each) ? 'end' : undefined}>
                {cells?.[name]?.(row) ?? (
                  <FieldValue field={each} value={valueIn(row, name)} brief />
                )}
              </td>
            ))}
          </tr>
        )
      })}
      {(source.more || source.state !== 'ready') && (
        <tr>
          <td colSpan={known.length + 1}>
            {source.state === 'failed' && (
              <button type="button" className="chip-add" onClick={source.retry}>
                {w.loadMore}
              </button>
            )}
            {source.state === 'ready' && (
              <button type="button" className="chip-add" onClick={source.loadMore}>
                {w.loadMore}
              </button>
            )}
          </td>
        </tr>
      )}
    </>
  )
}
