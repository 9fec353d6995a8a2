import { useLayoutEffect, useRef } from 'react'
import type { Group } from '#platform/lists/groups.ts'
import { type Month, monthsOf } from '#platform/lists/months.ts'
import type { Marks } from './GroupChart.tsx'
import { listWords } from './listWords.ts'
import { useMessages } from './locale.tsx'

// Ten years; the space of one month keeps its label and a finger apart from the next.
const most = 120
const step = 64
// Up to so many points every one of them says its figure; beyond, the highest, lowest and last.
const sayAll = 14

/** Groups by month as a line from zero; months without rows are on it, every point leads to its rows. */
export const MonthLine = ({ groups, ...marks }: Marks & { groups: readonly Group[] }) => {
  const w = useMessages(listWords)
  const frame = useRef<HTMLDivElement>(null)
  const { months, cut } = monthsOf(groups, most)
  const count = months.length
  // What happened last is what is looked for first.
  useLayoutEffect(() => {
    if (count > 0) frame.current?.scrollTo({ left: frame.current.scrollWidth })
  }, [count])
  if (count < 2) return null
  // A month without an average has no place on the line; one without rows counts nothing.
  const drawn = months.flatMap((month, at) => {
    const size = marks.sizeOf(month)
    return size === null ? [] : [{ month, at, size }]
  })
  const sizes = drawn.map(({ size }) => size)
  const low = Math.min(0, ...sizes)
  const span = Math.max(0, ...sizes) - low || 1
  const across = (at: number) => ((at + 0.5) / count) * 100
  const up = (size: number) => ((size - low) / span) * 100
  const points = drawn.map(({ at, size }) => `${across(at)},${100 - up(size)}`).join(' ')
  const said = saidOf(sizes)
  return (
    <>
      <Extremes {...{ drawn, sizes, marks }} />
      <div className="month-line" ref={frame}>
        <div style={{ minWidth: count * step }}>
          <div className="month-plot">
            <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
              <line className="zero-mark" x1="0" x2="100" y1={100 - up(0)} y2={100 - up(0)} />
              <polyline className="line-mark" points={points} />
            </svg>
            {drawn.map(({ month, at, size }, place) => (
              <Point
                key={month.value}
                {...{ month, marks }}
                left={across(at)}
                bottom={up(size)}
                said={said.has(place)}
              />
            ))}
          </div>
          <ol aria-hidden="true">
            {months.map(({ value }, at) => (
              <li key={value}>{monthName(value, at)}</li>
            ))}
          </ol>
        </div>
      </div>
      {cut && <p className="quiet">{w.latestMonths(most)}</p>}
    </>
  )
}

type Drawn = { month: Month; at: number; size: number }
type ExtremesProps = { drawn: readonly Drawn[]; sizes: readonly number[]; marks: Marks }

/** Said beside the line, of which only a part may be in sight. */
const Extremes = ({ drawn, sizes, marks }: ExtremesProps) => {
  const w = useMessages(listWords)
  const said = [
    { word: w.highest, drawn: drawn[sizes.indexOf(Math.max(...sizes))] },
    { word: w.lowest, drawn: drawn[sizes.indexOf(Math.min(...sizes))] },
    { word: w.latest, drawn: drawn.at(-1) },
  ]
  return (
    <p className="month-extremes">
      {said.map(
        ({ word, drawn: { month } = {} }) =>
          month && (
            <button
              key={word}
              type="button"
              aria-label={marks.titleOf(month)}
              onClick={() => marks.open(month.value)}
            >
              <span className="quiet">
                {word} {marks.nameOf(month.value)}
              </span>{' '}
              <span className="figure">{marks.say(month)}</span>
            </button>
          ),
      )}
    </p>
  )
}

type PointProps = { month: Month; marks: Marks; left: number; bottom: number; said: boolean }

const Point = ({ month, marks, left, bottom, said }: PointProps) => (
  <button
    type="button"
    className="month-point"
    style={{ left: `${left}%`, bottom: `${bottom}%` }}
    aria-label={marks.titleOf(month)}
    title={marks.titleOf(month)}
    data-said={said || undefined}
    onClick={() => marks.open(month.value)}
  >
    <span className="figure">{marks.say(month)}</span>
  </button>
)

const saidOf = (sizes: readonly number[]): ReadonlySet<number> => {
  const last = sizes.length - 1
  if (sizes.length <= sayAll) return new Set(sizes.keys())
  return new Set([sizes.indexOf(Math.max(...sizes)), sizes.indexOf(Math.min(...sizes)), last])
}

/** The year stands where it begins. */
const monthName = (value: string, at: number) => {
  const [year = '', month = ''] = value.split('-')
  return at === 0 || month === '01' ? `${year}-${month}` : String(Number(month))
}
