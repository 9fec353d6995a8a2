import { Button } from 'antd'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import { useTravel } from '#ui/Anchor.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Balance } from './Balance.tsx'
import { importWords } from './messages.ts'
import { useHeadline } from './Outcome.tsx'

/** What is left of an import whose days are over: who, when and how many. */
export const Swept = ({ item }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const { go } = useTravel()
  const headline = useHeadline(item)
  return (
    <section className="imports-part">
      <h2>{item.status === 'checked' ? w.neverRun : headline}</h2>
      <Balance counts={item.counts} />
      <p className="quiet imports-note">{w.swept}</p>
      <footer className="imports-foot">
        <Button onClick={() => go('/settings/imports')}>{w.again}</Button>
      </footer>
    </section>
  )
}
