import { Button } from 'antd'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { sayNumber } from '#ui/numbers.ts'
import { Balance } from './Balance.tsx'
import { Bar } from './Bar.tsx'
import { importWords } from './messages.ts'
import { useImportActions } from './useImport.ts'

/** The check or the run under way: how far it is, what came of it so far, and a way to stop. */
export const Working = ({ item }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const { cancel } = useImportActions(item.id)
  const { rows, read } = item.counts
  const running = item.status === 'running'
  // Before the first check nobody knows how many rows there are.
  const known = rows > read || running
  const number = (value: number) => sayNumber(value, locale)
  return (
    <section className="imports-part" aria-live="polite">
      <h2>
        {running ? w.running : w.checking}
        <span className="page-count">
          {known ? w.soFar(number(read), number(rows)) : w.checkedSoFar(number(read))}
        </span>
      </h2>
      <Bar
        share={known && rows > 0 ? read / rows : undefined}
        label={running ? w.running : w.checking}
      />
      <Balance counts={item.counts} />
      <footer className="imports-foot">
        <Button loading={cancel.isPending} onClick={() => cancel.mutate(item)}>
          {running ? w.stopRun : w.stopCheck}
        </Button>
        <span className="quiet">{running ? `${w.canLeave}${w.stopHelp}` : w.checkHelp}</span>
      </footer>
    </section>
  )
}
