import { LeadCell, opensRow, SkeletonLead } from './RecordRow.tsx'
import type { Grid, Row } from './recordColumns.ts'
import { EndOfList } from './TableFoot.tsx'

/** The list on a phone: a name, a quiet line, and at the right what is due. */
export const RecordCards = <R extends Row>(grid: Grid<R>) => {
  const { source, body } = grid
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
          const row = source.at(index)
          if (!row)
            return (
              <li
                key={`-${index}`}
                className="card placed skeleton-row"
                style={{ transform: `translateY(${start}px)`, height: size }}
              >
                <SkeletonLead place={index} />
              </li>
            )
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the link in the row is the keyboard's way
            <li
              key={row.id}
              className="card placed"
              data-row={row.id}
              data-place={index}
              style={{ transform: `translateY(${start}px)`, height: size }}
              onClick={(event) => {
                if (opensRow(event)) grid.open(row)
              }}
            >
              <LeadCell {...grid} row={row} place={index} />
              {grid.aside && <span className="card-aside">{grid.aside(row)}</span>}
            </li>
          )
        })}
      </ul>
      <EndOfList source={source} />
    </>
  )
}

const skeletons = Array.from({ length: 10 }, (_, place) => place)
