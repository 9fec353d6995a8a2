import { Plus, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { arriving, type FileValue, filesIn } from '#platform/fields/fileValue.ts'
import { type Upload, useUploadsTo } from '#platform/files/uploads.ts'
import { DropArea } from './DropArea.tsx'
import { useFailureWords } from './Failure.tsx'
import { FilePick } from './FilePick.tsx'
import { FileTile, UploadTile } from './FileTile.tsx'
import type { InputProps } from './inputProps.ts'
import { useMessages } from './locale.tsx'
import { words } from './words.ts'

/** Files of a record: they leave at once and belong to the record when it is saved. */
export const FilesInput = (props: InputProps) => {
  const w = useMessages(words)
  const held = filesIn(props.value).filter(({ id }) => id !== arriving)
  const latest = useRef(held)
  latest.current = held
  const { uploads, add, retry, drop } = useUploadsTo('/files', (made) =>
    props.onChange([...latest.current, fileOf(made)]),
  )
  const waiting = uploads.filter(({ made }) => !made)
  const busy = waiting.some(({ failure }) => failure === undefined)
  useArriving(busy, props)
  return (
    <DropArea className="files-input" onFiles={add}>
      <div className="file-list">
        {held.map((file) => (
          <FileTile key={file.id} file={file}>
            <button
              type="button"
              className="icon-button"
              aria-label={w.removeFile(file.name)}
              title={w.remove}
              onClick={() => props.onChange(held.filter(({ id }) => id !== file.id))}
            >
              <X />
            </button>
          </FileTile>
        ))}
        {waiting.map((each) => (
          <Waiting key={each.key} upload={each} onRetry={retry} onDrop={drop} />
        ))}
      </div>
      <FilePick id={props.id} label={w.addFiles} onFiles={add}>
        <Plus />
        {w.addFiles}
      </FilePick>
    </DropArea>
  )
}

const fileOf = ({ id, name, size, media_type }: FileValue): FileValue => ({
  ...{ id, name, size, media_type },
})

/** A form that is saved while a file is still leaving would lose it; so it cannot be, and says why. */
const useArriving = (busy: boolean, { value, onChange }: InputProps) => {
  const marked = filesIn(value).some(({ id }) => id === arriving)
  useEffect(() => {
    if (busy === marked) return
    const held = filesIn(value).filter(({ id }) => id !== arriving)
    const mark: FileValue = { id: arriving, name: '', size: 0, media_type: '' }
    onChange(busy ? [...held, mark] : held)
  }, [busy, marked, value, onChange])
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
      done={false}
      failed={upload.failure === undefined ? undefined : say(upload.failure)}
      onRetry={() => props.onRetry(upload)}
      onDrop={() => props.onDrop(upload.key)}
    />
  )
}
