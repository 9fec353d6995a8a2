import type { Counts } from '#platform/imports/contract.ts'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { sayNumber } from '#ui/numbers.ts'
import { importWords } from './messages.ts'
import './result.css'

/** What was read and what became of it, as the sum that it always is. */
export const Balance = ({ counts }: { counts: Counts }) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const parts = [
    { key: 'read', label: w.read, sign: '' },
    { key: 'created', label: w.created, sign: '=' },
    { key: 'updated', label: w.updated, sign: '+' },
    { key: 'skipped', label: w.skipped, sign: '+' },
    { key: 'failed', label: w.failed, sign: '+' },
  ] as const
  return (
    <dl className="balance">
      {parts.map(({ key, label, sign }) => (
        <div key={key} data-sign={sign} data-none={counts[key] === 0 || undefined}>
          <dt>{label}</dt>
          <dd className={key === 'failed' && counts.failed > 0 ? 'late' : undefined}>
            {sayNumber(counts[key], locale)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
