import type { Dates as Chosen, ImportAnswer } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { importWords } from './messages.ts'
import { NativeSelect } from './NativeSelect.tsx'
import { useTargets } from './targets.ts'
import type { Settings } from './useImport.ts'

type Props = {
  item: ImportAnswer
  importable: Importable
  onChange: (settings: Settings) => void
}

/** What days mean that could mean two; asked only where a column holds days. */
export const Dates = ({ item, importable, onChange }: Props) => {
  const w = useMessages(importWords)
  const days = useTargets(importable).filter(({ field }) => /^date/.test(field.kind))
  if (!days.some(({ path }) => item.mapping.includes(path))) return null
  return (
    <section className="imports-part">
      <h2>{w.dates}</h2>
      <DateQuestions dates={item.dates} onChange={(dates) => onChange({ dates })} />
    </section>
  )
}

type Questions = { dates: Chosen; onChange: (dates: Chosen) => void }

export const DateQuestions = ({ dates, onChange }: Questions) => {
  const w = useMessages(importWords)
  const { today } = useDirectory()
  const { order, year } = dates
  const now = Number(today.slice(0, 4))
  const set = (change: { order?: string | undefined; year?: number | undefined }) => {
    const next = { order, year, ...change }
    onChange({
      ...(next.order === 'day' && { order: 'day' }),
      ...(next.order === 'month' && { order: 'month' }),
      ...(next.year !== undefined && { year: next.year }),
    })
  }
  return (
    <div className="how-line">
      <NativeSelect
        label={w.datesOrder}
        value={order ?? ''}
        onChange={(value) => set({ order: value })}
        options={[
          { value: '', label: w.datesAsk },
          { value: 'day', label: w.datesDay },
          { value: 'month', label: w.datesMonth },
        ]}
      />
      <NativeSelect
        label={w.datesYear}
        value={String(year ?? '')}
        onChange={(value) => set({ year: value === '' ? undefined : Number(value) })}
        options={[
          { value: '', label: w.datesYearNone },
          ...[now + 1, now, now - 1, now - 2, now - 3].map((each) => ({
            value: String(each),
            label: String(each),
          })),
        ]}
      />
    </div>
  )
}
