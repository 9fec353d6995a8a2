import { X } from 'lucide-react'
import type { FileAnswer } from '#platform/files/contract.ts'
import type { useUploads } from '#platform/files/uploads.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { FileTile, UploadTile } from '#ui/FileTile.tsx'
import { useMessages } from '#ui/locale.tsx'
import { words } from '#ui/words.ts'

/** The files that go with a note: on their way, arrived, or refused. */
export const ComposerFiles = (props: {
  uploads: ReturnType<typeof useUploads>
  files: readonly FileAnswer[]
  onDrop: (file: FileAnswer) => void
}) => {
  const { uploads, retry, drop } = props.uploads
  const w = useMessages(words)
  const say = useFailureWords()
  const waiting = uploads.filter(({ made }) => !made)
  if (waiting.length + props.files.length === 0) return null
  return (
    <div className="entry-files">
      {props.files.map((file) => (
        <FileTile key={file.id} file={file}>
          <button
            type="button"
            className="icon-button"
            aria-label={w.removeFile(file.name)}
            title={w.remove}
            onClick={() => props.onDrop(file)}
          >
            <X />
          </button>
        </FileTile>
      ))}
      {waiting.map((upload) => (
        <UploadTile
          key={upload.key}
          file={upload.file}
          share={upload.share}
          done={false}
          failed={upload.failure === undefined ? undefined : say(upload.failure)}
          onRetry={() => retry(upload)}
          onDrop={() => drop(upload.key)}
        />
      ))}
    </div>
  )
}
