import { useQuery } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { FileDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { ExportRun, Format } from '#platform/exports/contract.ts'
import { customerColumns } from '#platform/exports/customerColumns.ts'
import { cancelExport, fileAddress, runExport, type Taken } from '#platform/exports/start.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Fields } from '#platform/fields/field.ts'
import { Dialog, FirstControl } from './Dialog.tsx'
import { useClock, useDirectory } from './directory.tsx'
import { ExportFields } from './ExportFields.tsx'
import { exportWords } from './exportWords.ts'
import { Failure, useFailureWords } from './Failure.tsx'
import { kinds } from './kinds.ts'
import { useLabel, useLocale, useMessages } from './locale.tsx'
import { sayNumber } from './numbers.ts'
import { PlainField } from './PlainField.tsx'
import { Radios } from './Radios.tsx'
import { SkeletonText } from './Skeleton.tsx'
import { sayInstant } from './time.ts'

type Choice = { columns: string[] | null; format: Format; large_rows: number }
type Props = { entity: Entity; taken: Taken; onClose: () => void }

/** Which fields, in which order, as which file; then the file, as soon as it is made. */
export const ExportDialog = ({ entity, taken, onClose }: Props) => {
  const w = useMessages(exportWords)
  const label = useLabel()
  const choice = useQuery({
    queryKey: ['export-choice', entity.name],
    queryFn: ({ signal }) => call<Choice>('GET', `/${entity.plural}/export-choice`, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <Dialog title={w.title(label(entity.label))} footer={null} onCancel={onClose} width={560}>
      {choice.error && <Failure failure={choice.error} onRetry={() => choice.refetch()} />}
      {!choice.data && !choice.error && <SkeletonText lines={8} />}
      {choice.data && (
        <Asking entity={entity} taken={taken} choice={choice.data} onClose={onClose} />
      )}
    </Dialog>
  )
}

const Asking = ({ entity, taken, choice, onClose }: Props & { choice: Choice }) => {
  const w = useMessages(exportWords)
  const { rightOf } = useDirectory()
  const say = useFailureWords()
  const root = kinds().find((each) => each.root)
  const fields: Fields = Object.fromEntries([
    ...(entity.root || !root ? [] : customerColumns(root))
      .filter(({ of }) => rightOf(root?.name ?? '', of) !== 'hidden')
      .map(({ name, field }) => [name, field]),
    ...Object.entries(entity.fields).filter(([name]) => rightOf(entity.name, name) !== 'hidden'),
  ])
  const open = Object.keys(fields)
  const [columns, setColumns] = useState<readonly string[]>(
    () => choice.columns?.filter((name) => open.includes(name)) ?? open,
  )
  const [format, setFormat] = useState<Format>(choice.format)
  const [run, setRun] = useState<ExportRun>()
  const [failure, setFailure] = useState<unknown>()
  const watching = useRef(new AbortController())
  useEffect(() => {
    const { current } = watching
    return () => current.abort()
  }, [])
  const begin = async () => {
    setFailure(undefined)
    try {
      const made = await runExport(
        entity.plural,
        taken,
        { columns, format },
        setRun,
        watching.current.signal,
      )
      setRun(made)
      if (made.status === 'done' && !watching.current.signal.aborted) save(made)
    } catch (problem) {
      setRun(undefined)
      setFailure(problem)
    }
  }
  if (run) return <Made run={run} onRun={setRun} onClose={onClose} />
  return (
    <>
      <ExportFields fields={fields} chosen={columns} onChange={setColumns} />
      <PlainField label={w.format}>
        {({ id }) => (
          <Radios
            id={id}
            value={format}
            onChange={setFormat}
            choices={[
              { value: 'xlsx', label: 'Excel' },
              { value: 'csv', label: 'CSV' },
            ]}
          />
        )}
      </PlainField>
      {failure !== undefined && (
        <p className="form-trouble" role="alert">
          {say(failure)}
        </p>
      )}
      <footer className="export-foot">
        <Button type="primary" disabled={columns.length === 0} onClick={() => void begin()}>
          {w.go}
        </Button>
      </footer>
      <FirstControl />
    </>
  )
}

type MadeProps = { run: ExportRun; onRun: (run: ExportRun) => void; onClose: () => void }

const Made = ({ run, onRun, onClose }: MadeProps) => {
  const w = useMessages(exportWords)
  const say = useFailureWords()
  const locale = useLocale()
  const clock = useClock()
  if (run.status === 'running')
    return (
      <div aria-live="polite">
        <p>{w.working(sayNumber(run.done, locale), sayNumber(run.total, locale))}</p>
        <Progress
          percent={run.total > 0 ? Math.floor((run.done / run.total) * 100) : 0}
          showInfo={false}
        />
        <p className="quiet">{w.leave}</p>
        <footer className="export-foot">
          <Button onClick={onClose}>{w.close}</Button>
          <Button danger onClick={() => void cancelExport(run).then(onRun)}>
            {w.stop}
          </Button>
        </footer>
      </div>
    )
  if (run.status !== 'done')
    return <p role="alert">{say({ reason: run.reason ?? 'export_not_running' })}</p>
  return (
    <div aria-live="polite">
      <p>{w.done(sayNumber(run.done, locale))}</p>
      {run.expires_at && <p className="quiet">{w.kept(sayInstant(run.expires_at, clock))}</p>}
      <footer className="export-foot">
        <Button icon={<FileDown />} href={fileAddress(run)} download>
          {w.again}
        </Button>
        <Button type="primary" onClick={onClose}>
          {w.close}
        </Button>
      </footer>
    </div>
  )
}

const save = (run: ExportRun) => {
  const link = document.createElement('a')
  link.href = fileAddress(run)
  link.download = run.file_name
  link.click()
}
