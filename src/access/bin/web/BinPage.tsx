import { Button, Checkbox, Input } from 'antd'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type BinEntry, mostAtOnce } from '#platform/bin/contract.ts'
import { DaysSetting } from '#ui/DaysSetting.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { Failure } from '#ui/Failure.tsx'
import { kindLabel, kinds } from '#ui/kinds.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { Select } from '#ui/Select.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { words } from '#ui/words.ts'
import { BinLine } from './BinLine.tsx'
import { type Asked, useBin, useBinWrites } from './bin.ts'
import { EraseDialog } from './EraseDialog.tsx'
import { recycleWords } from './messages.ts'
import { OwnerDialog } from './OwnerDialog.tsx'
import { Problems } from './Problems.tsx'
import { useRestoring } from './useRestoring.ts'
import './bin.css'

/** What was deleted and can still be brought back. */
export const BinPage = () => {
  const w = useMessages(recycleWords)
  const u = useMessages(words)
  const [asked, setAsked] = useState<Asked>({ q: '', entity: '', mine: false })
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useBin(asked)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [erasing, setErasing] = useState<readonly BinEntry[]>()
  const { keep } = useBinWrites()
  const restoring = useRestoring(() => setChosen(new Set()))
  usePageTitle(w.title)
  if (error && !data) return <Failure failure={error} onRetry={() => refetch()} />
  const [first] = data?.pages ?? []
  const entries = data?.pages.flatMap(({ items }) => items) ?? []
  const picked = entries.filter(({ id }) => chosen.has(id)).slice(0, mostAtOnce)
  const narrowed = asked.q !== '' || asked.entity !== '' || asked.mine
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  return (
    <div className="page-body bin">
      <div className="bin-head">
        <p className="quiet">{first && w.lead(first.kept_days)}</p>
        {first?.can.erase && (
          <DaysSetting
            key={first.kept_days}
            label={w.days}
            days={first.kept_days}
            onSave={keep.mutateAsync}
            saved={w.daysSaved}
          />
        )}
      </div>
      <div className="bin-tools">
        {picked.length > 0 ? (
          <>
            <span>{u.selected(picked.length)}</span>
            <Button type="primary" onClick={() => restoring.restore(picked)}>
              {w.restoreMany(picked.length)}
            </Button>
            {first?.can.erase && (
              <Button danger onClick={() => setErasing(picked)}>
                {w.eraseMany(picked.length)}
              </Button>
            )}
            <Button type="text" onClick={() => setChosen(new Set())}>
              {u.clearSelection}
            </Button>
          </>
        ) : (
          <Narrowing asked={asked} onAsk={setAsked} />
        )}
      </div>
      {!data && <SkeletonText lines={6} />}
      {data && entries.length === 0 && (
        <Empty
          drawing={narrowed ? 'search' : 'desk'}
          title={narrowed ? w.noneTitle : w.emptyTitle}
          text={narrowed ? w.noneText : w.emptyText}
        />
      )}
      <ul aria-label={w.title}>
        {entries.map((entry) => (
          <BinLine
            key={entry.id}
            entry={entry}
            chosen={chosen.has(entry.id)}
            onChoose={(on) => choose(entry.id, on)}
            onRestore={() => restoring.restore([entry])}
            onErase={first?.can.erase ? () => setErasing([entry]) : undefined}
          />
        ))}
      </ul>
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {w.more}
        </Button>
      )}
      {restoring.ownerless && <OwnerDialog {...restoring.ownerless} />}
      {restoring.problems && (
        <Problems
          problems={restoring.problems}
          entries={restoring.tried}
          onClose={restoring.close}
        />
      )}
      {erasing && (
        <EraseDialog
          entries={erasing}
          onErased={() => setChosen(new Set())}
          onClose={() => setErasing(undefined)}
        />
      )}
    </div>
  )
}

// A pause in typing after which the list follows.
const pause = 250

const Narrowing = ({ asked, onAsk }: { asked: Asked; onAsk: (asked: Asked) => void }) => {
  const w = useMessages(recycleWords)
  const label = useLabel()
  const { may } = useDirectory()
  const [text, setText] = useState(asked.q)
  useEffect(() => {
    const wait = setTimeout(() => {
      if (text !== asked.q) onAsk({ ...asked, q: text })
    }, pause)
    return () => clearTimeout(wait)
  }, [text, asked, onAsk])
  const seen = [...kinds().filter(({ plural }) => may(`${plural}.view`)), { name: 'file' }]
  return (
    <>
      <Input
        className="bin-find"
        prefix={<Search />}
        placeholder={w.find}
        aria-label={w.find}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Select
        className="bin-kind"
        aria-label={w.every}
        value={asked.entity}
        options={[
          { value: '', label: w.every },
          ...seen.map(({ name }) => ({ value: name, label: label(kindLabel(name)) })),
        ]}
        onChange={(entity: string) => onAsk({ ...asked, entity })}
      />
      <Checkbox
        checked={asked.mine}
        onChange={(event) => onAsk({ ...asked, mine: event.target.checked })}
      >
        {w.mine}
      </Checkbox>
    </>
  )
}
