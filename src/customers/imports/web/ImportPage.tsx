import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { Anchor } from '#ui/Anchor.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { importWords } from './messages.ts'
import { Outcome } from './Outcome.tsx'
import { SettingsStep } from './SettingsStep.tsx'
import { Steps } from './Steps.tsx'
import { Swept } from './Swept.tsx'
import { refreshImported, useImport } from './useImport.ts'
import { Working } from './Working.tsx'
import './imports.css'

/** One import, wherever it stands: its columns, its check, its run or its result. */
export const ImportPage = ({ importables }: { importables: readonly Importable[] }) => {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const w = useMessages(importWords)
  const { data, error, refetch } = useImport(id)
  const importable = importables.find(({ entity }) => entity.name === data?.entity)
  if (data && importable) return <Stage key={id} item={data} importable={importable} />
  if (error)
    return (
      <Failure failure={error} onRetry={() => refetch()}>
        <Anchor href="/settings/imports">{w.toImports}</Anchor>
      </Failure>
    )
  return (
    <div className="imports">
      <SkeletonText lines={10} />
    </div>
  )
}

type Props = { item: ImportAnswer; importable: Importable }

const Stage = ({ item, importable }: Props) => {
  const w = useMessages(importWords)
  const label = useLabel()
  const [changing, setChanging] = useState(false)
  const { status } = item
  useAfterRun(status, importable.entity.plural)
  useEffect(() => {
    if (status !== 'uploaded') setChanging(false)
  }, [status])
  usePageTitle(item.file_name)
  const swept = item.swept_at !== null
  const settings = !swept && (status === 'uploaded' || changing)
  return (
    <div className="imports" data-wide={settings || undefined}>
      <header className="imports-head">
        <Anchor className="imports-back" href="/settings/imports">
          <ChevronLeft />
          {w.title(label(importable.entity.label))}
        </Anchor>
        <h2>{item.file_name}</h2>
        {!swept && <Steps at={settings ? 'map' : stepOf[status]} />}
      </header>
      {swept && <Swept item={item} />}
      {settings && <SettingsStep item={item} importable={importable} />}
      {!settings && (status === 'checking' || status === 'running') && <Working item={item} />}
      {!swept && !settings && status !== 'checking' && status !== 'running' && (
        <Outcome item={item} importable={importable} onChange={() => setChanging(true)} />
      )}
    </div>
  )
}

const stepOf = {
  uploaded: 'map',
  checking: 'check',
  checked: 'check',
  failed: 'check',
  cancelled: 'run',
  running: 'run',
  done: 'end',
  undoing: 'end',
  undone: 'end',
} as const

const moving = (status: ImportAnswer['status']) => status === 'running' || status === 'undoing'

/** The lists are another once the run has ended. */
const useAfterRun = (status: ImportAnswer['status'], plural: string) => {
  const client = useQueryClient()
  const before = useRef(status)
  useEffect(() => {
    if (moving(before.current) && !moving(status)) refreshImported(client, plural)
    before.current = status
  }, [status, plural, client])
}
