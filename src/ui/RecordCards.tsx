import { memo, type ReactNode } from 'react'
import { LeadCell, opensRow, SkeletonLead, sameRow, type Told, toldOf } from './RecordRow.tsx'
import { type Grid, keyAt, type Row, type RowLook } from './recordColumns.ts'
import { EndOfList } from './TableFoot.tsx'

/** The list on a phone: a name, a quiet line, and at the right what is due. */
export const RecordCards = <R extends Row>(grid: Grid<R>) => {
  const { source, body, look, cursor, picking } = grid
  if (source.state === 'loading')
    return (
      <ul className="cards" aria-hidden="true">
        {skeletons.map((place) => (
          <li key={place} className="card skeleton-row">
            <SkeletonLead place={place} />
          </li>
        ))}
      </ul>
    )
  return (
    <>
      <ul className="cards" aria-label={grid.label} style={{ height: body.getTotalSize() }}>
        {body.getVirtualItems().map(({ index, start, size }) => {
          const key = keyAt(grid, index)
          const row = source.at(index)
          const between = grid.between?.(index)
          if (between)
            return (
              <li key={key} className="card placed group-head" style={placed(start, size)}>
                {between.of}
              </li>
            )
          if (!row)
            return (
              <li key={key} className="card placed skeleton-row" style={placed(start, size)}>
                <SkeletonLead place={index} />
              </li>
            )
          return (
            <Card
              key={key}
              {...{ look, start, size }}
              id={row.id}
              place={index}
              told={toldOf(grid, noColumns, row)}
              here={index === cursor.place}
              picked={picking?.has(row.id)}
              aside={grid.aside?.(row)}
            />
          )
        })}
      </ul>
      {grid.foot ?? <EndOfList source={source} />}
    </>
  )
}

const skeletons = Array.from({ length: 10 }, (_, place) => place)
const noColumns = [] as const
const placed = (start: number, size: number) => ({
  transform: `translateY(${start}px)`,
  height: size,
})

type CardProps = {
  look: RowLook
  id: string
  place: number
  told: Told
  here: boolean
  picked: boolean | undefined
  aside: ReactNode
  start: number
  size: number
}

const Drawn = (props: CardProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the link in the row is the keyboard's way
  <li
    className="card placed"
    data-row={props.id}
    data-place={props.place}
    style={placed(props.start, props.size)}
    onClick={(event) => {
      if (opensRow(event)) props.look.acts.open(props.place)
    }}
  >
    <LeadCell {...props} />
    {props.aside && <span className="card-aside">{props.aside}</span>}
  </li>
)

const Card = memo(Drawn, sameRow)
