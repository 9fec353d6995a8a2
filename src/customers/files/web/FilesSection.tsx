import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { SectionProps } from '#customers/customers/slots.ts'
import { address, call } from '#platform/door/client.ts'
import type { FileAnswer } from '#platform/files/contract.ts'
import { type Upload, useUploads } from '#platform/files/uploads.ts'
import { lists, type Page, refreshAround } from '#platform/lists/source.ts'
import { DropArea } from '#ui/DropArea.tsx'
import { nameOf, useClock, useDirectory } from '#ui/directory.tsx'
import { Failure, useFailureWords } from '#ui/Failure.tsx'
import { FilePick } from '#ui/FilePick.tsx'
import { FileTile, UploadTile } from '#ui/FileTile.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { sayBytes, sayCount } from '#ui/numbers.ts'
import { Parts } from '#ui/Parts.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { sayInstant } from '#ui/time.ts'
import { fileWords } from './messages.ts'

const DeleteFile = lazy(() =>
  import('./DeleteFile.tsx').then((module) => ({ default: module.DeleteFile })),
)

// What one sees without asking; the newest are the ones that are looked for.
const atFirst = 5

/** The documents of a customer, newest first; more of them are dropped anywhere on the section. */
export const FilesSection = ({ record }: SectionProps) => {
  const w = useMessages(fileWords)
  const locale = useLocale()
  const { may } = useDirectory()
  const client = useQueryClient()
  const files = useFiles(record.id)
  const { uploads, add, retry, drop } = useUploads(record.id, () =>
    refreshAround(client, `/customers/${record.id}`),
  )
  const [whole, setWhole] = useState(false)
  const [removing, setRemoving] = useState<FileAnswer>()
  const mayAdd = may('files.create')
  const rows = files.data?.pages.flatMap((page) => page.items) ?? []
  const shown = whole ? rows : rows.slice(0, atFirst)
  const waiting = uploads.filter(({ made }) => !made || !rows.some(({ id }) => id === made.id))
  return (
    <DropArea className="panel" onFiles={mayAdd ? add : undefined}>
      <h2 id="files">
        {w.files}
        {rows.length > 0 && (
          <span className="panel-count">
            {sayCount({ count: rows.length, more: files.hasNextPage }, locale)}
          </span>
        )}
        {mayAdd && (
          <FilePick className="icon-button" label={w.add} onFiles={add}>
            <Plus />
          </FilePick>
        )}
      </h2>
      {files.isPending && <SkeletonText lines={2} />}
      {files.isError && rows.length === 0 && (
        <Failure failure={files.error} onRetry={() => files.refetch()} />
      )}
      {files.isSuccess && rows.length === 0 && waiting.length === 0 && (
        <p className="panel-none">{mayAdd ? w.none : w.noneToSee}</p>
      )}
      <div className="file-list">
        {waiting.map((each) => (
          <Waiting key={each.key} upload={each} onRetry={retry} onDrop={drop} />
        ))}
        {shown.map((file) => (
          <Row key={file.id} file={file} onRemove={() => setRemoving(file)} />
        ))}
      </div>
      {!whole && rows.length > atFirst && (
        <button type="button" className="chip-add" onClick={() => setWhole(true)}>
          {w.all(sayCount({ count: rows.length, more: files.hasNextPage }, locale))}
        </button>
      )}
      {whole && files.hasNextPage && (
        <button type="button" className="chip-add" onClick={() => files.fetchNextPage()}>
          {w.more}
        </button>
      )}
      <Suspense>
        {removing && <DeleteFile file={removing} onClose={() => setRemoving(undefined)} />}
      </Suspense>
    </DropArea>
  )
}

const useFiles = (customerId: string) => {
  const path = `/customers/${customerId}/files`
  return useInfiniteQuery({
    queryKey: [...lists(path), 'all'],
    queryFn: ({ pageParam, signal }) =>
      call<Page<FileAnswer>>('GET', path, { query: { after: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
}

const Waiting = (props: {
  upload: Upload
  onRetry: (upload: Upload) => void
  onDrop: (key: string) => void
}) => {
  const say = useFailureWords()
  const { upload } = props
  return (
    <UploadTile
      file={upload.file}
      share={upload.share}
      done={upload.made !== undefined}
      failed={upload.failure === undefined ? undefined : say(upload.failure)}
      onRetry={() => props.onRetry(upload)}
      onDrop={() => props.onDrop(upload.key)}
    />
  )
}

const Row = ({ file, onRemove }: { file: FileAnswer; onRemove: () => void }) => {
  const w = useMessages(fileWords)
  const locale = useLocale()
  const clock = useClock()
  const { may, people } = useDirectory()
  const who = file.created_by === null ? undefined : nameOf(people, file.created_by)
  return (
    <FileTile
      file={file}
      href={address(`/customers/${file.customer_id}/files/${file.id}/content`)}
      note={<Parts of={[sayBytes(file.size, locale), who, sayInstant(file.created_at, clock)]} />}
    >
      {may('files.delete') && (
        <button
          type="button"
          className="icon-button"
          aria-label={w.removeIt(file.name)}
          title={w.remove}
          onClick={onRemove}
        >
          <Trash2 />
        </button>
      )}
    </FileTile>
  )
}
